# cmake -D FOLDER=… -D FILES=a.json|b/c.svg -D OUTPUT=file.cpp -D HEADER=… -D SPACE=… -D TYPE=… -D FUNCTION=… -P embed_texts.cmake
# Turns text files into a constant table of {name, folder, text}; the name is the file's stem.
cmake_minimum_required(VERSION 3.25)
string(REPLACE "|" ";" names "${FILES}")
set(rows "")
foreach(name IN LISTS names)
    file(READ "${FOLDER}/${name}" text)
    if(text MATCHES "\\)relief\"")
        message(FATAL_ERROR "${name} holds the end mark of embedded texts")
    endif()
    get_filename_component(stem "${name}" NAME_WE)
    get_filename_component(folder "${name}" DIRECTORY)
    string(APPEND rows "    ${TYPE}{\"${stem}\", \"${folder}\", R\"relief(${text})relief\"},\n")
endforeach()
list(LENGTH names total)
file(WRITE "${OUTPUT}" "#include \"${HEADER}\"

#include <array>

namespace ${SPACE} {
namespace {
constexpr std::array<${TYPE}, ${total}> ${FUNCTION}_table{{
${rows}}};
}  // namespace

std::span<const ${TYPE}> ${FUNCTION}() noexcept { return ${FUNCTION}_table; }

}  // namespace ${SPACE}
")
