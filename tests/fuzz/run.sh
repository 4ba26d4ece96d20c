#!/usr/bin/env bash
# Runs a fuzz target from its seeds for ANCHORWATCH_FUZZ_SECONDS (3): run.sh PROGRAM SEEDS…
# What it learns is kept beside the program; an input that breaks it is named, and fails the run.
set -euo pipefail

program=$1
shift
corpus=$program.corpus
mkdir -p "$corpus"
exec "$program" -max_total_time="${ANCHORWATCH_FUZZ_SECONDS:-3}" -timeout=10 -rss_limit_mb=2048 \
    -max_len=4096 -close_fd_mask=1 -print_final_stats=1 -artifact_prefix="$program." \
    "$corpus" "$@"
