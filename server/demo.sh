#!/usr/bin/env bash
# The demonstration: installs what is missing, builds Relief, brings data/ into a workspace, serves it.
# Usage: server/demo.sh [--listen ADDRESS:PORT]   serves until Ctrl-C (127.0.0.1:8080)
#        server/demo.sh --check                   serves on a free port, asks for the page, the layers, a tile
#                                                 and the reports, says what it saw and ends: 0 well, 1 not
# The workspace is build/demo, or $RELIEF_DEMO_WORKSPACE; remove it to begin afresh.
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/.."
readonly relief=$PWD/build/release/bin/relief
readonly workspace=${RELIEF_DEMO_WORKSPACE:-$PWD/build/demo}
unset RELIEF_DEMO_WORKSPACE  # Relief warns of variables that name no key of its configuration

say() { printf 'demo: %s\n' "$*"; }
fail() {
    say "$*" >&2
    exit 1
}

build() {
    local first_time=()
    # A build folder that tests/run.sh has configured keeps its tests.
    [[ -f build/release/CMakeCache.txt ]] || first_time=(-DRELIEF_TESTS=OFF)
    say "building (several minutes the first time)"
    RELIEF_COMPILER_LAUNCHER=$(command -v ccache || true) \
        cmake --preset release -Wno-dev --log-level=WARNING "${first_time[@]}" >build/configure.log 2>&1 ||
        { cat build/configure.log >&2; fail "cmake could not configure the build"; }
    cmake --build --preset release --target relief || fail "the build failed"
}

trimmed() {
    local text=$1
    text=${text#"${text%%[![:space:]]*}"}
    printf '%s' "${text%"${text##*[![:space:]]}"}"
}

# The rows of data/demo.txt: "file | id | …"; each filled column becomes the option of its name.
add_layers() {
    local names cells column value options known=""
    known=$(RELIEF_WORKSPACE=$workspace "$relief" layers --json 2>/dev/null || true)
    while IFS='|' read -r -a cells; do
        if [[ -z ${names+set} ]]; then
            names=("${cells[@]}")
            continue
        fi
        [[ $known == *"\"$(trimmed "${cells[1]}")\""* ]] && continue
        options=()
        for column in "${!names[@]}"; do
            value=$(trimmed "${cells[column]-}")
            ((column > 0)) && [[ -n $value ]] && options+=("--$(trimmed "${names[column]}")=$value")
        done
        RELIEF_WORKSPACE=$workspace "$relief" add "data/$(trimmed "${cells[0]}")" "${options[@]}" ||
            fail "could not add data/$(trimmed "${cells[0]}")"
    done < <(grep -v '^#' data/demo.txt)
}

# Marked examples, and events whose licence is open; both may be seen by everyone. The same again changes nothing.
add_reports() {
    local file
    for file in example_reports.geojson ucdp_ged_car.csv; do
        RELIEF_WORKSPACE=$workspace "$relief" reports import "data/$file" --sensitivity low ||
            fail "could not import data/$file"
    done
}

free_port() {
    local port
    for _ in {1..50}; do
        port=$((20000 + RANDOM % 20000))
        (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || { printf '%s' "$port"; return; }
    done
    return 1
}

# ask PATH: the body goes to $answers/body, the headers to $answers/headers; prints "status type bytes".
ask() {
    curl --silent --noproxy '*' --max-time 30 --output "$answers/body" --dump-header "$answers/headers" \
        --write-out '%{http_code} %{content_type} %{size_download}' "$address$1"
}

expect() {
    local path=$1 wanted=$2 got
    got=$(ask "$path") || fail "no answer to $path"
    [[ $got == "$wanted"* ]] || fail "$path: $got, expected $wanted"
    say "$path: $got bytes"
}

wait_until_ready() {
    for _ in {1..150}; do
        kill -0 "$server" 2>/dev/null || fail "the server ended by itself: $(tail -n 5 "$answers/log")"
        [[ $(ask /readyz 2>/dev/null) == 200* ]] && return
        sleep 0.2
    done
    fail "not ready after 30 s: $(tail -n 5 "$answers/log")"
}

check_layers() {
    local id
    expect /layers "200 application/json"
    while read -r id; do
        grep -q "\"$id\"" "$answers/body" || fail "/layers does not name $id"
    done < <(awk -F' *[|] *' '!/^#/ && $2 != "id" { print $2 }' data/demo.txt)
}

# Fields between Orihuela and Almoradí; bands 3, 2, 1 of the file are red, green and blue.
check_tile() {
    local signature
    expect "/tiles/orihuela-sentinel2/14/8157/6313.png?bands=3,2,1" "200 image/png"
    signature=$(od -An -tx1 -N8 "$answers/body")
    [[ $signature == " 89 50 4e 47 0d 0a 1a 0a" ]] || fail "the tile is not a PNG"
    grep -qi '^x-relief-empty' "$answers/headers" && fail "the tile is empty"
    (($(stat --format=%s "$answers/body") > 2000)) || fail "the tile is too small to show anything"
    say "the tile is a PNG of $(od -An --endian=big -tu4 -j16 -N8 "$answers/body" | awk '{ print $1 " x " $2 }') pixels with a picture in it"
}

# Landsat's bands in file order look neon; data/demo.txt mixes them to nearly natural colours.
check_colours() {
    expect /layers/pucallpa-2020/legend.json "200 application/json"
    grep -q '"red: b3,' "$answers/body" || fail "the Landsat scene is not shown by the formula of data/demo.txt"
}

# An example is a point; of UCDP, whose events are shown though nobody has reviewed them here, those known to a region are areas.
check_reports() {
    expect "/reports?bbox=-1,38,-0.7,38.2&limit=1" "200 application/geo+json"
    grep -q '"Point"' "$answers/body" || fail "/reports shows no example"
    expect "/reports?category=one-sided%20violence&limit=1" "200 application/geo+json"
    grep -q '"Uppsala Conflict Data Program' "$answers/body" || fail "/reports does not say whose events it shows"
    expect "/tiles/reports/4/7/6.mvt" "200 application/vnd.mapbox-vector-tile"
    expect /report "200 text/html"
}

check_page() {
    local script
    expect / "200 text/html"
    script=$(grep -o 'src="[^"]*\.js"' "$answers/body" | head -n 1 | cut -d'"' -f2) || true
    [[ -n $script ]] || fail "the page loads no script"
    script=${script#.}
    expect "/${script#/}" "200 text/javascript"
}

leave_nothing() {
    [[ -n ${server-} ]] && kill -TERM "$server" 2>/dev/null && wait "$server" 2>/dev/null
    rm -rf "${answers-}"
}

check() {
    local port
    port=$(free_port) || fail "found no free port"
    readonly address=http://127.0.0.1:$port
    answers=$(mktemp -d)
    trap leave_nothing EXIT
    "$relief" serve "$workspace" --listen "127.0.0.1:$port" >"$answers/log" 2>&1 </dev/null &
    server=$!
    wait_until_ready
    say "ready at $address"
    check_layers
    check_tile
    check_colours
    check_reports
    check_page
    kill -TERM "$server"
    wait "$server" || fail "the server ended with status $? when asked to stop"
    server=""
    say "all is well"
}

listen=${RELIEF_LISTEN:-127.0.0.1:8080}
checking=""
while (($#)); do
    case $1 in
        --check) checking=yes ;;
        --listen) listen=${2:?--listen needs ADDRESS:PORT} && shift ;;
        --help | -h) sed -n '2,6s/^# //p' server/demo.sh && exit 0 ;;
        *) say "unknown option $1 (--check, --listen ADDRESS:PORT)" >&2 && exit 2 ;;
    esac
    shift
done

mkdir -p build
docker/install.sh build run
build
add_layers
add_reports
[[ $checking ]] && { check; exit 0; }
say "Relief is at http://$listen/  (Ctrl-C ends it)"
exec "$relief" serve "$workspace" --listen "$listen"
