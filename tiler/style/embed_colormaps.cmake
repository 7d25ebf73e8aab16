# cmake -D COLOURS=styles/colormaps.json -D OUTPUT=file.cpp -P embed_colormaps.cmake
# Turns the stored colour maps into a constant table, sorted by name.
cmake_minimum_required(VERSION 3.25)
file(READ "${COLOURS}" document)
set(rows "")
foreach(form ramps steps)
    string(JSON members GET "${document}" ${form})
    string(JSON count LENGTH "${members}")
    math(EXPR last "${count} - 1")
    foreach(i RANGE ${last})
        string(JSON name MEMBER "${members}" ${i})
        string(JSON colours GET "${members}" ${name})
        if(NOT name MATCHES "^[a-z0-9_]+$" OR NOT colours MATCHES "^([0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f][0-9a-f])+$")
            message(FATAL_ERROR "${COLOURS}: ${name} is not a name with rrggbb colours")
        endif()
        if(form STREQUAL "steps")
            set(stepped true)
        else()
            set(stepped false)
        endif()
        list(APPEND rows "    StoredRamp{\"${name}\", \"${colours}\", ${stepped}}")
    endforeach()
endforeach()
list(SORT rows)
list(LENGTH rows total)
list(JOIN rows ",\n" table)
file(WRITE "${OUTPUT}" "#include \"tiler/style/stored_ramp.hpp\"

#include <array>

namespace relief::style {
namespace {
constexpr std::array<StoredRamp, ${total}> table{
${table}};
}  // namespace

std::span<const StoredRamp> stored_ramps() noexcept { return table; }

}  // namespace relief::style
")
