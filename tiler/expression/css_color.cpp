#include "tiler/expression/css_color.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <string>

namespace relief::expression {
namespace {

constexpr std::size_t longest_color = 200;  // far beyond what any of the forms needs

bool is_space(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

std::string trimmed_lower(std::string_view text) {
    while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
    while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
    std::string result(text);
    std::transform(result.begin(), result.end(), result.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    return result;
}

std::optional<Rgba> parse_hex(std::string_view digits) {
    const std::size_t count = digits.size();
    if (count != 3 && count != 4 && count != 6 && count != 8) return std::nullopt;
    const std::size_t step = count < 6 ? 1 : 2;
    std::array<double, 4> parts{0, 0, 0, 1};
    for (std::size_t i = 0; i * step < count; ++i) {
        unsigned code = 0;
        const char* const first = digits.data() + i * step;
        const auto read = std::from_chars(first, first + step, code, 16);
        if (read.ptr != first + step) return std::nullopt;
        parts[i] = (step == 1 ? code * 17 : code) / 255.0;
    }
    return Rgba{parts[0], parts[1], parts[2], parts[3]};
}

/// What stands between the brackets: three or four numbers, how each is marked and parted.
struct Arguments {
    struct Part {
        double number = 0;
        bool percent = false;
        bool degrees = false;
        char parting = ' ';  ///< before it: space, comma or slash
    };
    std::array<Part, 4> parts;
    std::size_t count = 0;
};

class ArgumentReader {
public:
    explicit ArgumentReader(std::string_view text) : text_(text) {}

    std::optional<Arguments> read() {
        Arguments arguments;
        skip_space();
        while (true) {
            auto& part = arguments.parts[arguments.count];
            if (!read_number(part)) return std::nullopt;
            ++arguments.count;
            const bool spaced = skip_space();
            if (text_.empty()) break;
            if (arguments.count == 4 || !read_parting(arguments.parts[arguments.count], spaced))
                return std::nullopt;
        }
        if (arguments.count < 3) return std::nullopt;
        return arguments;
    }

private:
    bool skip_space() {
        const std::size_t before = text_.size();
        while (!text_.empty() && is_space(text_.front())) text_.remove_prefix(1);
        return text_.size() != before;
    }

    bool skip(std::string_view word) {
        if (!text_.starts_with(word)) return false;
        text_.remove_prefix(word.size());
        return true;
    }

    bool read_number(Arguments::Part& part) {
        const bool plus = skip("+");
        if (plus && text_.starts_with('-')) return false;
        const auto read = std::from_chars(text_.data(), text_.data() + text_.size(), part.number);
        if (read.ec != std::errc{} || !std::isfinite(part.number)) return false;
        text_.remove_prefix(static_cast<std::size_t>(read.ptr - text_.data()));
        part.percent = skip("%");
        part.degrees = skip("deg");
        return true;
    }

    bool read_parting(Arguments::Part& next, bool spaced) {
        if (text_.front() == ',' || text_.front() == '/') {
            next.parting = text_.front();
            text_.remove_prefix(1);
            skip_space();
            return true;
        }
        return spaced;
    }

    std::string_view text_;
};

/// Either commas everywhere, or none and a slash before the alpha.
bool parted_well(const Arguments& arguments) {
    const auto& parts = arguments.parts;
    if (parts[1].parting != parts[2].parting || parts[1].parting == '/') return false;
    if (arguments.count == 3) return true;
    return parts[3].parting == (parts[1].parting == ',' ? ',' : '/');
}

double alpha_of(const Arguments& arguments) {
    if (arguments.count == 3) return 1;
    const auto& part = arguments.parts[3];
    return std::clamp(part.percent ? part.number / 100 : part.number, 0.0, 1.0);
}

std::optional<Rgba> parse_rgb(const Arguments& arguments) {
    const auto& parts = arguments.parts;
    for (std::size_t i = 0; i < arguments.count; ++i) {
        if (parts[i].degrees || (i < 3 && parts[i].percent != parts[0].percent))
            return std::nullopt;
    }
    const double most = parts[0].percent ? 100 : 255;
    const auto part = [&](std::size_t i) { return std::clamp(parts[i].number / most, 0.0, 1.0); };
    return Rgba{part(0), part(1), part(2), alpha_of(arguments)};
}

std::optional<Rgba> parse_hsl(const Arguments& arguments) {
    const auto& parts = arguments.parts;
    if (parts[0].percent || !parts[1].percent || !parts[2].percent) return std::nullopt;
    if (parts[1].degrees || parts[2].degrees || parts[3].degrees) return std::nullopt;
    const double turned = std::fmod(parts[0].number, 360);
    const double hue = turned < 0 ? turned + 360 : turned;
    const double saturation = std::clamp(parts[1].number, 0.0, 100.0) / 100;
    const double lightness = std::clamp(parts[2].number, 0.0, 100.0) / 100;
    // CSS Color Module Level 4, section 7.1.
    const auto channel = [&](double offset) {
        const double k = std::fmod(offset + hue / 30, 12);
        const double reach = saturation * std::min(lightness, 1 - lightness);
        return lightness - reach * std::max(-1.0, std::min({k - 3, 9 - k, 1.0}));
    };
    return Rgba{channel(0), channel(8), channel(4), alpha_of(arguments)};
}

}  // namespace

std::optional<Rgba> parse_css_color(std::string_view text) {
    if (text.size() > longest_color) return std::nullopt;
    const std::string lower = trimmed_lower(text);
    const std::string_view word = lower;
    if (word == "transparent") return Rgba{0, 0, 0, 0};
    if (word.starts_with('#')) return parse_hex(word.substr(1));
    const std::size_t bracket = word.find('(');
    if (bracket == std::string_view::npos) return named_color(word);
    if (!word.ends_with(')')) return std::nullopt;
    const std::string_view function = word.substr(0, bracket);
    ArgumentReader reader(word.substr(bracket + 1, word.size() - bracket - 2));
    const auto arguments = reader.read();
    if (!arguments || !parted_well(*arguments)) return std::nullopt;
    if (function == "rgb" || function == "rgba") return parse_rgb(*arguments);
    if (function == "hsl" || function == "hsla") return parse_hsl(*arguments);
    return std::nullopt;
}

}  // namespace relief::expression
