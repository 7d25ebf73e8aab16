#include "tiler/postgis/question_writer.hpp"

#include <array>
#include <charconv>

namespace relief::postgis {

std::string QuestionWriter::number(double number) {
    std::array<char, 40> text{};
    const auto end = std::to_chars(text.data(), text.data() + text.size(), number).ptr;
    return value({text.data(), end}) + "::float8";
}

}  // namespace relief::postgis
