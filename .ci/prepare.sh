# shellcheck shell=bash
# What Anchorwatch needs of Debian, and how it gets there. Sourced by run.sh and test.sh.
# "a|b" is either of the two, whichever is there; otherwise the first that the system offers.

# shellcheck disable=SC2034  # used by those who source this
build_packages=(
    g++ cmake ninja-build
    qt6-base-dev qt6-websockets-dev qt6-svg-dev qtkeychain-qt6-dev libgl-dev
    'libboost1.81-dev|libboost-dev' libsimdjson-dev
)
# The window draws SVG icons and sets its text in Inter; QtKeychain loads libsecret where it runs;
# sessions are Chromium's; links are opened by xdg-open.
# shellcheck disable=SC2034
run_packages=(
    libqt6svg6 libsecret-1-0 fonts-inter fonts-dejavu-core
    chromium chromium-sandbox xdg-utils
)
# The live view page is driven in Firefox too; a Selenium Grid is Java and starts chromedriver;
# secrets are kept in a keyring of GNOME's on a D-Bus session of the test's own; libFuzzer is clang's.
# shellcheck disable=SC2034
test_packages=(
    git clang-format 'firefox-esr|firefox' default-jre-headless chromium-driver
    dbus gnome-keyring clang-14 libclang-rt-14-dev
)

# Loads the service.
# shellcheck disable=SC2034
bench_packages=(wrk)

is_installed() {
    [[ $(dpkg-query -W -f='${db:Status-Status}' "$1" 2>/dev/null) == installed ]]
}

is_any_installed() {
    local package
    for package in "$@"; do
        if is_installed "$package"; then
            return 0
        fi
    done
    return 1
}

is_offered() {
    [[ -n $(apt-cache search --names-only "^${1//+/\\+}\$") ]]
}

first_offered() {
    local package
    for package in "$@"; do
        if is_offered "$package"; then
            echo "$package"
            return
        fi
    done
    echo "$1"
}

as_root() {
    if ((EUID == 0)); then
        "$@"
    else
        sudo "$@"
    fi
}

# Installs those of the packages that are missing; quick when none is.
ensure_packages() {
    local entry choices missing=() chosen=()
    if ! command -v dpkg-query >/dev/null || ! command -v apt-get >/dev/null; then
        echo "This script installs packages on Debian and Ubuntu only. Install what these hold," >&2
        echo "then use cmake by hand as CONTRIBUTING.md says: $*" >&2
        exit 1
    fi
    for entry in "$@"; do
        IFS='|' read -ra choices <<<"$entry"
        is_any_installed "${choices[@]}" || missing+=("$entry")
    done
    if ((${#missing[@]} == 0)); then
        return
    fi
    if ((EUID != 0)) && ! command -v sudo >/dev/null; then
        echo "Missing: ${missing[*]}. Install them as root, or install sudo; then start again." >&2
        exit 1
    fi
    echo "Installing ${missing[*]}"
    as_root apt-get update -qq
    for entry in "${missing[@]}"; do
        IFS='|' read -ra choices <<<"$entry"
        chosen+=("$(first_offered "${choices[@]}")")
    done
    as_root env DEBIAN_FRONTEND=noninteractive \
        apt-get install -y -qq --no-install-recommends "${chosen[@]}"
}

# Builds what is not up to date: build PRESET
build() {
    if [[ ! -f build/$1/build.ninja ]]; then
        cmake --preset "$1"
    fi
    cmake --build --preset "$1"
}
