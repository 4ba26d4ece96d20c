#!/usr/bin/env bash
# Builds Anchorwatch, installing what is missing for it and its tests, and runs them. The last line
# counts them: "N passed, N failed".
set -euo pipefail

usage() {
    cat <<'END'
Usage: ./test.sh [--preset NAME | --asan | --tsan] [--bench] [-R REGEX]
  --preset NAME  build and test this preset (release)
  --asan         the preset with AddressSanitizer and UndefinedBehaviorSanitizer
  --tsan         the preset with ThreadSanitizer
  --bench        run the benchmarks instead of the tests
  -R REGEX       only the tests whose name matches
END
}

preset=release
selection=(--label-exclude '^bench$')
while (($# > 0)); do
    case $1 in
    --preset | -R)
        if (($# < 2)); then
            usage >&2
            exit 2
        fi
        if [[ $1 == -R ]]; then selection+=(--tests-regex "$2"); else preset=$2; fi
        shift
        ;;
    --asan) preset=asan ;;
    --tsan) preset=tsan ;;
    --bench) selection[0]=--label-regex ;;
    -h | --help)
        usage
        exit
        ;;
    *)
        usage >&2
        exit 2
        ;;
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

# Runs ctest and leaves what it said in the file: run_tests FILE
run_tests() {
    local command=(ctest --test-dir "build/$preset" --output-on-failure --parallel 2
        --no-tests=error "${selection[@]}")
    if [[ $preset == tsan ]]; then
        # GCC 12's ThreadSanitizer does not start where addresses are randomised as newer kernels do.
        command=(setarch "$(uname -m)" --addr-no-randomize "${command[@]}")
    fi
    "${command[@]}" 2>&1 | tee "$1"
}

# "98% tests passed, 1 tests failed out of 50" as "49 passed, 1 failed"
summary() {
    local failed=0 all=0 line
    line=$(grep -E '^[0-9]+% tests passed' "$1" || true)
    if [[ $line =~ ([0-9]+)\ tests\ failed\ out\ of\ ([0-9]+) ]]; then
        failed=${BASH_REMATCH[1]}
        all=${BASH_REMATCH[2]}
    fi
    echo "$((all - failed)) passed, $failed failed"
}

ensure_packages "${build_packages[@]}" "${run_packages[@]}" "${test_packages[@]}"
prepare_clients
build "$preset"

log=$(mktemp)
trap 'rm -f "$log"' EXIT
status=0
run_tests "$log" || status=$?
summary "$log"
exit "$status"
