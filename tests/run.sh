#!/usr/bin/env bash
# All checks of Relief, from nothing: installs what is missing, builds, tests. ctest closes the run.
# Usage: tests/run.sh [STAGE…]      without a stage: all of them, the build first
#   build     release build, warnings are errors        headers   every header compiles alone
#   format    clang-format                              tidy      clang-tidy, every finding is an error
#   sanitize  unit tests, address + undefined           threads   tests of rooms that threads share, thread sanitizer
#   viewer    the viewer in headless Chromium against the real server
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/.."
jobs=$(nproc)
readonly jobs
readonly relief=$PWD/build/release/bin/relief
# The rooms whose objects several threads use at once.
readonly shared_rooms=(cache http oidc ops service)

# The compiler's own list of what it read names a result: nothing is preprocessed twice.
export CCACHE_DEPEND=1

fail() {
    printf 'run: %s\n' "$*" >&2
    exit 1
}

configure() {
    RELIEF_COMPILER_LAUNCHER=$(command -v ccache || true) cmake --preset "$@" -Wno-dev --log-level=WARNING
}

sources() {
    find tiler server tests -name node_modules -prune -o -name '*.[ch]pp' -print0
}

# The test programs of the rooms named; of all rooms without a name.
test_programs() {
    local room
    for room in "${@:-*}"; do
        # shellcheck disable=SC2086 # the star is meant to spread
        grep -lE '^relief_test\(' tests/$room/CMakeLists.txt 2>/dev/null || true
    done | sed -E 's#^tests/(.*)/CMakeLists.txt#\1_test#'
}

stage_build() {
    configure release -DRELIEF_TESTS=ON -DRELIEF_BENCHMARKS=ON
    cmake --build --preset release --parallel "$jobs"
}

stage_headers() {
    cmake --build --preset release --parallel "$jobs" --target all_verify_interface_header_sets
}

stage_format() {
    sources | xargs -0 clang-format-14 --dry-run --Werror
}

# own_code.so makes clang-tidy walk our code only: the same findings in a quarter of the time.
# The defines give clang the coroutines that Boost 1.74 grants g++ only. The batches of the build are checked as they
# are compiled; what is wrong with a file that includes .cpp files is not asked.
stage_tidy() {
    local plugin=$PWD/build/own_code.so
    [[ $plugin -nt tests/tidy/own_code.cpp ]] ||
        g++ -std=c++20 -O1 -fno-rtti -shared -fPIC -isystem /usr/lib/llvm-14/include \
            tests/tidy/own_code.cpp -o "$plugin"
    # Not every batch that lies there is built still: the list says which.
    sed -nE 's|^ *"file": "(.*/Unity/unity_[0-9]+_cxx\.cxx)",?$|\1|p' build/release/compile_commands.json |
        xargs -d '\n' -n 1 -P "$jobs" clang-tidy-14 --load="$plugin" \
            --checks=relief-own-code,-bugprone-suspicious-include,-misc-definitions-in-headers --quiet \
            --extra-arg=-Wno-unknown-warning-option --extra-arg=-DBOOST_ASIO_HAS_CO_AWAIT --extra-arg=-DBOOST_ASIO_HAS_STD_COROUTINE \
            -p build/release 2>&1 |
        { grep -vE '^[0-9]+ warnings? generated' || true; }
}

# Builds and runs the unit tests of some rooms (or all) under the sanitizers of a preset.
under_sanitizer() {
    local preset=$1 programs=()
    shift
    mapfile -t programs < <(test_programs "$@")
    ((${#programs[@]})) || fail "no tests for $*"
    configure "$preset" -DRELIEF_TESTS=ON
    cmake --build --preset "$preset" --parallel "$jobs" --target "${programs[@]}"
    local only
    only=$(IFS='|' && printf '^(%s)$' "${programs[*]%_test}")
    steady_addresses ctest --preset "$preset" --parallel "$jobs" --tests-regex "$only" --no-tests=error
}

# The thread sanitizer of g++ 12 does not start where the kernel spreads addresses widely.
steady_addresses() {
    if setarch --addr-no-randomize true 2>/dev/null; then
        setarch --addr-no-randomize "$@"
    else
        "$@"
    fi
}

stage_sanitize() { under_sanitizer dev; }
stage_threads() { under_sanitizer threads "${shared_rooms[@]}"; }

stage_viewer() {
    cd server/viewer
    RELIEF=$relief npm test
}

timed() {
    local begin=$SECONDS
    printf 'run: %s …\n' "$1"
    "stage_$1"
    printf 'run: %s took %d s\n' "$1" $((SECONDS - begin))
}

everything() {
    timed build
    cmake -S tests/stages -B build/stages -G Ninja --log-level=WARNING
    ctest --test-dir build/stages --parallel "$jobs" --output-on-failure --no-label-summary --no-tests=error
}

stage_install() { docker/install.sh build run test; }

exec </dev/null
if (($# == 0)); then
    timed install
    everything
    exit
fi
stage_install
for stage in "$@"; do
    declare -F "stage_$stage" >/dev/null || fail "no stage \"$stage\" (build, format, headers, tidy, sanitize, threads, viewer)"
    [[ " build format sanitize threads " == *" $stage "* || -x $relief ]] || timed build
    timed "$stage"
done
