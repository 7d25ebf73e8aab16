// Any bytes as a font stack and as a range: what is answered is a message of one stack, and what is
// refused says why.

#include "tiler/glyphs/glyph_range.hpp"

#include <cstdint>
#include <cstdlib>
#include <string_view>

namespace {

constexpr std::size_t longest_refusal = 600;
/// Of 256 glyphs, each of at most 246 × 246 bytes and a little more.
constexpr std::size_t most_bytes = std::size_t{256} * 62'000;

const relief::text::Fonts& machine_fonts() {
    static const auto fonts = relief::text::Fonts::open();
    if (!fonts) std::abort();
    return *fonts;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const std::size_t line = text.find('\n');
    const std::string_view range = text.substr(0, line);
    const std::string_view fonts = line == std::string_view::npos
                                       ? std::string_view("Noto Sans Regular")
                                       : text.substr(line + 1);
    const auto stack = relief::glyphs::font_stack(machine_fonts(), fonts);
    if (!stack) {
        if (stack.error().what.size() > longest_refusal) std::abort();
        return 0;
    }
    const auto bytes = relief::glyphs::glyph_range(machine_fonts(), *stack, range);
    if (bytes ? bytes->empty() || bytes->size() > most_bytes
              : bytes.error().what.size() > longest_refusal)
        std::abort();
    return 0;
}
