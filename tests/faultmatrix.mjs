// The fault matrix: rows (faultmatrix.tsv), the tests that show them, and what those tests said.
// A test shows a row when "// Fault matrix: D1, D2" stands directly above its function.
//
//   node tests/faultmatrix.mjs --write                  writes docs/fault-matrix.md
//   node tests/faultmatrix.mjs --check                  fails when rows, marks and that file disagree
//   node tests/faultmatrix.mjs --results FOLDER OUT.md  the same table with the results, from the
//                                                       JUnit files that the tests left in the folder
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readMarks, readRows, testsFolder } from './faultmarks.mjs';

const documentFile = join(testsFolder, '../docs/fault-matrix.md');

// What a test function said: passed only when each of its data rows did.
function resultOf(folder, { program, name }) {
    const file = join(folder, `${program}.xml`);
    const report = existsSync(file) ? readFileSync(file, 'utf8') : '';
    if (!report.includes('</testsuite>'))
        return 'not run';
    const cases = [...report.matchAll(/<testcase name="([^"(]+)[^>]*?(?:\/>|>(.*?)<\/testcase>)/gs)]
        .filter(one => one[1] === name)
        .map(one => one[2] ?? '');
    if (cases.length === 0)
        return 'not run';
    if (cases.some(inside => /<(failure|error)\b/.test(inside)))
        return 'failed';
    return cases.some(inside => /<skipped\b/.test(inside)) ? 'skipped' : 'passed';
}

function table(rows, marks, result) {
    const cell = text => text.replaceAll('|', '\\|');
    const testsOf = row => {
        const names = marks.filter(mark => mark.number === row.number).map(
            mark => `\`${mark.program}\` ${mark.name}` + (result ? `: ${result(mark)}` : ''));
        return names.length > 0 ? [...new Set(names)].join('<br>') : '**gap**';
    };
    return ['| # | fault or input | expected | tests |', '|---|---|---|---|',
            ...rows.map(row => `| ${row.number} | ${cell(row.fault)} | ${cell(row.expected)} | ${testsOf(row)} |`)]
        .join('\n');
}

function document(rows, marks, result) {
    const gaps = rows.filter(row => !marks.some(mark => mark.number === row.number));
    const part = letter => table(rows.filter(row => row.number.startsWith(letter)), marks, result);
    return `# Fault matrix

Every fault that the two programs are held against, and the tests that show what they do then. Made by
\`node tests/faultmatrix.mjs --write\` from \`tests/faultmatrix.tsv\` and the marks above the test functions; the test
\`faultmatrix\` fails when they disagree. \`./test.sh\` writes the same with the results of its run to
\`build/PRESET/fault-matrix.md\`.

${rows.length - gaps.length} of ${rows.length} rows have a test.

## The window
${part('W')}

## The service
${part('D')}
`;
}

function main([action, folder, out]) {
    const rows = readRows();
    const marks = readMarks(rows);
    const current = document(rows, marks);
    if (action === '--write') {
        writeFileSync(documentFile, current);
    } else if (action === '--check') {
        if (!existsSync(documentFile) || readFileSync(documentFile, 'utf8') !== current)
            throw new Error('docs/fault-matrix.md is out of date. Run: node tests/faultmatrix.mjs --write');
    } else if (action === '--results' && out) {
        writeFileSync(out, document(rows, marks, mark => resultOf(folder, mark)));
    } else {
        throw new Error('--write, --check or --results FOLDER OUT.md');
    }
}

try {
    main(process.argv.slice(2));
} catch (error) {
    console.error(error.message);
    process.exitCode = 1;
}
