#include "tiler/report/xml_text.hpp"

#include "tiler/report/text.hpp"

namespace relief::report {
namespace {

/// XML 1.0, 2.2: of what is not a control, U+FFFE and U+FFFF alone are no letters.
bool is_no_letter(std::string_view sequence) {
    return sequence == "\xEF\xBF\xBE" || sequence == "\xEF\xBF\xBF";
}

}  // namespace

std::string xml_text(std::string_view text) {
    const auto clean = clean_text(text, text.size());
    std::string out;
    for (std::string_view rest = clean.text; !rest.empty();) {
        const auto letter = rest.substr(0, sequence_length(rest));
        rest.remove_prefix(letter.size());
        if (letter == "&")
            out += "&amp;";
        else if (letter == "<")
            out += "&lt;";
        else if (letter == ">")
            out += "&gt;";
        else if (letter == "\"")
            out += "&quot;";
        else if (!is_no_letter(letter))
            out += letter;
    }
    return out;
}

// NOLINTNEXTLINE(bugprone-easily-swappable-parameters): a name, then what it holds
std::string xml_element(std::string_view name, std::string_view text) {
    const std::string inside = xml_text(text);
    if (inside.empty()) return {};
    std::string out = "<";
    out += name;
    out += '>';
    out += inside;
    out += "</";
    out += name;
    return out + '>';
}

}  // namespace relief::report
