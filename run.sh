#!/usr/bin/env bash
# Builds Anchorwatch, installing what is missing for it, and opens its window with the arguments
# given. Without a display it writes the window's picture to anchorwatch.png instead.
set -euo pipefail

root=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=.ci/prepare.sh
source "$root/.ci/prepare.sh"

ensure_packages "${build_packages[@]}" "${run_packages[@]}"
if [[ -z ${DISPLAY:-} && -n ${WAYLAND_DISPLAY:-} ]]; then
    ensure_packages qt6-wayland
fi
(cd "$root" && build release)

if [[ -z ${DISPLAY:-} && -z ${WAYLAND_DISPLAY:-} ]]; then
    echo "There is no display here; the window's picture goes to anchorwatch.png."
    export QT_QPA_PLATFORM=offscreen
    set -- --screenshot anchorwatch.png "$@"
fi
exec "$root/build/release/bin/anchorwatch" "$@"
