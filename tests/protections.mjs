// What the tests of the fault matrix are worth: each patch in tests/protections takes one protection out of the
// programs, and the test that it names must fail then.
//
//   node tests/protections.mjs [--build DIR] [--keep-going] [ROW…]   tries the patches, in a copy of the tree
//   node tests/protections.mjs --check                                only looks whether they all still fit
//
// A patch is called by its row, such as W13-a-list-has-a-limit.patch. Above its first "diff --git" stand what it takes
// out and a line "Test: tst_program function…" with tests that are marked for its row.
// DIR (build/protections) gets the copy, its build, and result.md. Without --keep-going the first patch that is not
// noticed is the last.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { readMarks, readRows, testsFolder } from './faultmarks.mjs';

const root = dirname(testsFolder);
const patchFolder = join(testsFolder, 'protections');
const product = ['app/', 'models/', 'network/', 'ui/'];
const notCopied = ['.git', 'build', 'node_modules'];
const baselineSeconds = 300;

// Rows in the order of the matrix: W2 before W10.
function inOrder(rows, patches) {
    const place = patch => rows.findIndex(row => row.number === patch.row);
    return patches.sort((one, other) => place(one) - place(other) || (one.file < other.file ? -1 : 1));
}

function readPatch(file) {
    const text = readFileSync(join(patchFolder, file), 'utf8');
    const lines = text.split('\n');
    const head = lines.slice(0, lines.findIndex(line => line.startsWith('diff --git ')));
    const test = head.find(line => line.startsWith('Test: ')) ?? '';
    const [program, ...functions] = test.split(' ').slice(1);
    const name = file.match(/^([WD]\d+)-([a-z0-9-]+)\.patch$/);
    return {
        file,
        row: name?.[1],
        title: name?.[2].replaceAll('-', ' '),
        words: head.filter(line => line !== test && line !== '').join(' '),
        program,
        functions,
        changes: [...text.matchAll(/^diff --git a\/(\S+) b\/\S+$/gm)].map(change => change[1]),
    };
}

function readPatches(rows) {
    return inOrder(rows, readdirSync(patchFolder).filter(name => name.endsWith('.patch')).map(readPatch));
}

// Git must not take a copy inside of a repository for a part of it: it would skip every file.
function apply(tree, patch, ...options) {
    const git = spawnSync('git', ['apply', ...options, join(patchFolder, patch.file)], {
        cwd: tree,
        encoding: 'utf8',
        env: { ...process.env, GIT_CEILING_DIRECTORIES: dirname(tree) },
    });
    return git.error?.message ?? (git.status === 0 ? '' : git.stderr.trim());
}

// What is wrong with a patch before it is tried; empty when nothing is.
function problemOf(patch, rows, marks) {
    if (!rows.some(row => row.number === patch.row))
        return 'its name must be a row of the fault matrix and what is taken out, as W13-a-list-has-a-limit.patch';
    if (patch.words === '' || patch.functions.length === 0)
        return 'above its first "diff --git" must stand what it takes out and "Test: tst_program function…"';
    const stranger = patch.functions.find(name => !marks.some(
        mark => mark.number === patch.row && mark.program === patch.program && mark.name === name));
    if (stranger)
        return `there is no test ${patch.program} ${stranger} that is marked "Fault matrix: ${patch.row}"`;
    if (patch.changes.length === 0 || !patch.changes.every(path => product.some(folder => path.startsWith(folder))))
        return `it must change ${product.join(', ')} and nothing else`;
    const refusal = apply(root, patch, '--check');
    return refusal && `it does not fit the source any more:\n${refusal}`;
}

function check(patches, rows, marks) {
    const problems = patches
        .map(patch => ({ file: patch.file, problem: problemOf(patch, rows, marks) }))
        .filter(one => one.problem);
    if (problems.length > 0)
        throw new Error(problems.map(one => `tests/protections/${one.file}: ${one.problem}`).join('\n'));
}

// Makes the folder like ours, but for one in it, and touches nothing that is so already: it is not compiled again then.
function copyTree(from, to, without) {
    mkdirSync(to, { recursive: true });
    const names = readdirSync(from).filter(name => !notCopied.includes(name) && join(from, name) !== without);
    for (const extra of readdirSync(to).filter(name => !names.includes(name)))
        rmSync(join(to, extra), { recursive: true });
    for (const name of names) {
        const [source, target] = [join(from, name), join(to, name)];
        const isFolder = statSync(source).isDirectory();
        if (existsSync(target) && statSync(target).isDirectory() !== isFolder)
            rmSync(target, { recursive: true });
        if (isFolder) {
            copyTree(source, target, without);
        } else {
            const bytes = readFileSync(source);
            if (!existsSync(target) || !readFileSync(target).equals(bytes))
                writeFileSync(target, bytes, { mode: statSync(source).mode });
        }
    }
}

// Runs a command to its end and says what came of it. Its processes end with it at the limit.
function run(command, { env = {}, seconds = 0 } = {}) {
    return new Promise(done => {
        const begun = Date.now();
        const child = spawn(command[0], command.slice(1), {
            env: { ...process.env, ...env },
            stdio: ['ignore', 'pipe', 'pipe'],
            detached: seconds > 0,
        });
        let output = '';
        let ended = true;
        const kill = () => process.kill(-child.pid, 'SIGKILL');
        const limit = seconds > 0 && setTimeout(() => {
            ended = false;
            kill();
        }, seconds * 1000);
        const interrupted = () => {
            kill();
            process.exit(1);
        };
        if (seconds > 0)
            process.once('SIGINT', interrupted);
        for (const stream of [child.stdout, child.stderr])
            stream.on('data', bytes => output += bytes);
        child.on('error', error => output += error.message);
        child.on('close', status => {
            clearTimeout(limit);
            process.removeListener('SIGINT', interrupted);
            done({ passed: status === 0, ended, output, seconds: (Date.now() - begun) / 1000 });
        });
    });
}

class Bench {
    constructor(folder) {
        this.folder = folder;
        this.source = join(folder, 'source');
        this.build = join(folder, 'build');
    }

    // Not optimized: it is compiled more often than it is run.
    async prepare() {
        copyTree(root, this.source, this.folder);
        const configured = await run(['cmake', '-S', this.source, '-B', this.build, '-G', 'Ninja',
            '-DCMAKE_BUILD_TYPE=Release', '-DCMAKE_CXX_FLAGS_RELEASE=-O0 -DNDEBUG']);
        if (!configured.passed)
            throw new Error(`The copy cannot be configured:\n${configured.output}`);
    }

    compile(programs) {
        return run(['cmake', '--build', this.build, '--target', ...new Set(programs)]);
    }

    // As ctest would run it, but for the files that it writes.
    commandOf(program) {
        const listed = spawnSync('ctest',
            ['--test-dir', this.build, '--show-only=json-v1', '--tests-regex', `^${program}$`],
            { encoding: 'utf8', maxBuffer: 1 << 26 });
        const command = JSON.parse(listed.stdout).tests[0]?.command;
        if (!command)
            throw new Error(`ctest knows no test ${program}`);
        return command.slice(0, command.indexOf('-o'));
    }

    test(patch, seconds) {
        return run([...this.commandOf(patch.program), ...patch.functions], {
            seconds,
            env: { QT_QPA_PLATFORM: 'offscreen', LC_ALL: 'C.UTF-8', TZ: 'UTC', QTEST_DISABLE_STACK_DUMP: '1' },
        });
    }
}

const lastLines = output => output.trimEnd().split('\n').slice(-15).join('\n');

const testOf = patch => [patch.program, ...patch.functions].join(' ');

// What the tests of all patches say when nothing is taken out: unless they pass, a failure proves nothing.
async function baseline(bench, patches) {
    const compiled = await bench.compile(patches.map(patch => patch.program));
    if (!compiled.passed)
        throw new Error(`The copy does not compile:\n${lastLines(compiled.output)}`);
    const results = new Map();
    for (const patch of patches) {
        if (!results.has(testOf(patch)))
            results.set(testOf(patch), await bench.test(patch, baselineSeconds));
    }
    return results;
}

function noticed(patch, result) {
    if (!result.ended)
        return `noticed: ${testOf(patch)} did not end`;
    const failed = [...result.output.matchAll(/^FAIL! {2}: \w+::(\w+)\(/gm)].map(one => one[1]);
    return failed.length > 0 ? `noticed by ${patch.program} ${[...new Set(failed)].join(' ')}`
                             : `noticed: ${testOf(patch)} broke off`;
}

async function verdictOf(bench, patch, before) {
    if (!before.passed || /^SKIP /m.test(before.output))
        return { isNoticed: false,
                 words: `DOES NOT PASS WITHOUT IT: ${testOf(patch)}\n${lastLines(before.output)}` };
    const refusal = apply(bench.source, patch);
    if (refusal)
        return { isNoticed: false, words: `DOES NOT APPLY: ${refusal}` };
    try {
        const compiled = await bench.compile([patch.program]);
        if (!compiled.passed)
            return { isNoticed: false, words: `DOES NOT COMPILE:\n${lastLines(compiled.output)}` };
        const result = await bench.test(patch, 60 + 5 * before.seconds);
        return result.passed ? { isNoticed: false, words: `NOT NOTICED by ${testOf(patch)}` }
                             : { isNoticed: true, words: noticed(patch, result) };
    } finally {
        apply(bench.source, patch, '--reverse');
    }
}

function report(tried, without) {
    const rows = tried.map(({ patch, words }) =>
        `| ${patch.row} | ${patch.words} | ${words.split('\n')[0].replaceAll('|', '\\|')} |`);
    const rest = without.length > 0 ? `\nNo patch: ${without.join(' ')}\n` : '';
    return `# What the tests notice\n\n| row | taken out | result |\n|---|---|---|\n${rows.join('\n')}\n${rest}`;
}

async function tryPatches({ folder, keepGoing, wanted }, all, rows) {
    const asked = row => wanted.length === 0 || wanted.includes(row);
    const patches = all.filter(patch => asked(patch.row));
    const without = rows.map(row => row.number)
        .filter(number => asked(number) && !all.some(patch => patch.row === number));
    const bench = new Bench(folder);
    await bench.prepare();
    const before = await baseline(bench, patches);
    const tried = [];
    for (const patch of patches) {
        const verdict = await verdictOf(bench, patch, before.get(testOf(patch)));
        tried.push({ patch, ...verdict });
        console.log(`${patch.row} ${patch.title}: ${verdict.words}`);
        writeFileSync(join(folder, 'result.md'), report(tried, without));
        if (!verdict.isNoticed && !keepGoing)
            break;
    }
    if (without.length > 0)
        console.log(`no patch: ${without.join(' ')}`);
    const count = tried.filter(one => one.isNoticed).length;
    console.log(`${count} noticed, ${tried.length - count} not`);
    process.exitCode = count === tried.length ? 0 : 1;
}

function readArguments(words, rows) {
    const options = { folder: join(root, 'build/protections'), keepGoing: false, onlyCheck: false, wanted: [] };
    while (words.length > 0) {
        const word = words.shift();
        if (word === '--build' && words.length > 0)
            options.folder = resolve(words.shift());
        else if (word === '--keep-going')
            options.keepGoing = true;
        else if (word === '--check')
            options.onlyCheck = true;
        else if (rows.some(row => row.number === word))
            options.wanted.push(word);
        else
            throw new Error(`[--build DIR] [--keep-going] [ROW…], or --check; "${word}" is none of them`);
    }
    return options;
}

async function main(words) {
    const rows = readRows();
    const options = readArguments(words, rows);
    const patches = readPatches(rows);
    check(patches, rows, readMarks(rows));
    if (!options.onlyCheck)
        await tryPatches(options, patches, rows);
}

main(process.argv.slice(2)).catch(error => {
    console.error(error.message);
    process.exitCode = 1;
});
