// The rows of the fault matrix (faultmatrix.tsv), and the tests that show them: "// Fault matrix: D1, D2" stands
// directly above such a function.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

export const testsFolder = dirname(fileURLToPath(import.meta.url));

export function readRows() {
    const lines = readFileSync(join(testsFolder, 'faultmatrix.tsv'), 'utf8').trimEnd().split('\n');
    return lines.map(line => {
        const [number, fault, expected, ...rest] = line.split('\t');
        if (!/^[WD]\d+$/.test(number) || !expected || rest.length > 0)
            throw new Error(`faultmatrix.tsv: not a row: ${line}`);
        return { number, fault, expected };
    });
}

function testSources() {
    return ['unit', 'window', 'integration'].flatMap(folder =>
        readdirSync(join(testsFolder, folder))
            .filter(name => /^tst_\w+\.cpp$/.test(name))
            .sort()
            .map(name => join(testsFolder, folder, name)));
}

// The functions of one source with the rows that stand above them.
function marksIn(file) {
    const lines = readFileSync(file, 'utf8').split('\n');
    return lines.flatMap((line, index) => {
        const mark = line.match(/^\s*\/\/ Fault matrix: (.*)$/);
        if (!mark)
            return [];
        const next = lines.slice(index + 1).find(following => !/^\s*\/\//.test(following)) ?? '';
        const found = next.match(/^\s*void (?:\w+::)?(\w+?)(?:_data)?\(\)/);
        const where = `${relative(testsFolder, file)}:${index + 1}`;
        if (!found)
            throw new Error(`${where}: no test function follows the mark`);
        const program = file.match(/(\w+)\.cpp$/)[1];
        return mark[1].split(', ').map(number => ({ number, program, name: found[1], where }));
    });
}

export function readMarks(rows) {
    const marks = testSources().flatMap(marksIn);
    const unknown = marks.find(mark => !rows.some(row => row.number === mark.number));
    if (unknown)
        throw new Error(`${unknown.where}: there is no row "${unknown.number}"`);
    return marks;
}
