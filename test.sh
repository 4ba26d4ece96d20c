#!/usr/bin/env bash
# Builds Anchorwatch, installing what is missing for it and its tests, and runs them. The last line
# counts them: "N passed, N failed".
set -euo pipefail

usage() {
    cat <<'END'
Usage: ./test.sh [--preset NAME | --asan | --tsan] [-R REGEX]
       ./test.sh --bench [-R REGEX] | --fuzz [SECONDS] | --long | --soak MINUTES
       ./test.sh --protections [ROW…]
  --preset NAME   build and test this preset (release); release fuzzes for a few seconds too
  --asan          the preset with AddressSanitizer and UndefinedBehaviorSanitizer
  --tsan          the preset with ThreadSanitizer
  -R REGEX        only the tests whose name matches
  --bench         run the benchmarks instead of the tests
  --fuzz SECONDS  only fuzz, each target for so long (60)
  --long          only fuzz, each target for an hour
  --soak MINUTES  only make and end sessions, with faults in between, and look for growth
  --protections [ROW…]
                  only take the protections of the fault matrix (or of these rows) out of a copy,
                  one after the other, and see whether their tests notice
END
}

bad_usage() {
    usage >&2
    exit 2
}

is_number() { [[ $1 =~ ^[1-9][0-9]*$ ]]; }
is_row() { [[ $1 =~ ^[WD][1-9][0-9]*$ ]]; }

preset=release
task=tests
minutes=0
fuzz_seconds=3
rows=()
selection=(--label-exclude '^bench$')
while (($# > 0)); do
    case $1 in
    --preset | -R)
        if (($# < 2)); then bad_usage; fi
        if [[ $1 == -R ]]; then selection+=(--tests-regex "$2"); else preset=$2; fi
        shift
        ;;
    --asan) preset=asan ;;
    --tsan) preset=tsan ;;
    --bench)
        task=bench
        selection[0]=--label-regex
        ;;
    --fuzz)
        task=fuzz
        fuzz_seconds=60
        if (($# > 1)) && is_number "$2"; then
            fuzz_seconds=$2
            shift
        fi
        ;;
    --long)
        task=fuzz
        fuzz_seconds=3600
        ;;
    --soak)
        if (($# < 2)) || ! is_number "$2"; then bad_usage; fi
        task=soak
        minutes=$2
        shift
        ;;
    --protections)
        task=protections
        while (($# > 1)) && is_row "$2"; do
            rows+=("$2")
            shift
        done
        ;;
    -h | --help)
        usage
        exit
        ;;
    *) bad_usage ;;
    esac
    shift
done

cd -- "$(dirname -- "${BASH_SOURCE[0]}")"
# shellcheck source=.ci/prepare.sh
source .ci/prepare.sh

# The integration tests drive sessions with public clients from npm.
prepare_clients() {
    local folder=tests/integration
    if [[ ! -f $folder/package.json ]]; then
        return
    fi
    if ! command -v node >/dev/null || ! command -v npm >/dev/null; then
        ensure_packages nodejs npm
    fi
    if [[ ! $folder/node_modules/.package-lock.json -nt $folder/package-lock.json ]]; then
        npm ci --prefix "$folder" --no-audit --no-fund
    fi
}

# Runs ctest and appends what it says to the log: run_ctest PRESET [OPTION…]
run_ctest() {
    local command=(ctest --test-dir "build/$1" --output-on-failure --parallel 2 --no-tests=error
        "${@:2}")
    if [[ $1 == tsan ]]; then
        # GCC 12's ThreadSanitizer does not start where addresses are randomised as newer kernels do.
        command=(setarch "$(uname -m)" --addr-no-randomize "${command[@]}")
    fi
    "${command[@]}" 2>&1 | tee -a "$log"
}

run_fuzzers() {
    build fuzz || return
    ANCHORWATCH_FUZZ_SECONDS=$fuzz_seconds run_ctest fuzz
}

# What the tests say goes into the fault matrix of the build, and nothing that earlier ones said.
run_tests() {
    local status=0
    rm -rf "build/$preset/results"
    mkdir -p "build/$preset/results"
    run_ctest "$preset" "${selection[@]}" || status=$?
    node tests/faultmatrix.mjs --results "build/$preset/results" "build/$preset/fault-matrix.md" \
        || status=$?
    if [[ $preset == release && ${selection[*]} != *--tests-regex* ]]; then
        run_fuzzers || status=$?
    fi
    return "$status"
}

run_soak() {
    ANCHORWATCH_SOAK_MINUTES=$minutes QTEST_FUNCTION_TIMEOUT=$(((minutes + 10) * 60000)) \
        "build/$preset/bin/tst_churn" 2>&1 | tee -a "$log"
}

# "98% tests passed, 1 tests failed out of 50", as often as it stands there, as
# "49 passed, 1 failed"
summary() {
    local failed=0 all=0 line
    while read -r line; do
        if [[ $line =~ ([0-9]+)\ tests\ failed\ out\ of\ ([0-9]+) ]]; then
            failed=$((failed + BASH_REMATCH[1]))
            all=$((all + BASH_REMATCH[2]))
        fi
    done < <(grep -E '^[0-9]+% tests passed' "$log" || true)
    echo "$((all - failed)) passed, $failed failed"
}

ensure_packages "${build_packages[@]}" "${run_packages[@]}" "${test_packages[@]}"
if [[ $task == bench ]]; then
    ensure_packages "${bench_packages[@]}"
fi
log=$(mktemp)
trap 'rm -f "$log"' EXIT
status=0
if [[ $task == fuzz ]]; then
    run_fuzzers || status=$?
    summary
    exit "$status"
fi
prepare_clients
if [[ $task == protections ]]; then
    node tests/protections.mjs --keep-going "${rows[@]}" || status=$?
    exit "$status"
fi
build "$preset"
case $task in
tests) run_tests || status=$? ;;
bench) run_ctest "$preset" "${selection[@]}" || status=$? ;;
soak)
    run_soak || status=$?
    exit "$status"
    ;;
esac
summary
exit "$status"
