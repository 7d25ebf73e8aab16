#include "tiler/report/encoding.hpp"

#include "tiler/report/text.hpp"

#include <unicode/unistr.h>

#include <algorithm>
#include <string>

namespace relief::report {
namespace {

constexpr std::string_view mark_utf8 = "\xEF\xBB\xBF";
constexpr std::string_view mark_utf16le = "\xFF\xFE";
constexpr std::string_view mark_utf16be = "\xFE\xFF";

bool is_high(char c) noexcept {
    return static_cast<unsigned char>(c) >= 0x80;
}
bool is_ascii_letter(char c) noexcept {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

struct Utf8Count {
    std::size_t sequences = 0;  ///< of two bytes and more that are well-formed
    std::size_t faults = 0;     ///< bytes of none
};

Utf8Count count_utf8(std::string_view text) {
    Utf8Count count;
    for (std::size_t at = 0; at < text.size();) {
        if (!is_high(text[at])) {
            ++at;
            continue;
        }
        const std::size_t length = sequence_length(text.substr(at));
        if (length == 0)
            ++count.faults;
        else
            ++count.sequences;
        at += std::max<std::size_t>(length, 1);
    }
    return count;
}

/// Zeros in the first bytes of UTF-16 without a mark: nearly all of the high or the low ones.
std::optional<Encoding> utf16_by_zeros(std::string_view bytes) {
    const auto head = bytes.substr(0, 4096);
    std::size_t even = 0;
    std::size_t odd = 0;
    for (std::size_t i = 0; i < head.size(); ++i) {
        if (head[i] == 0) ++(i % 2 == 0 ? even : odd);
    }
    // Headers are ASCII in every collection known, so that a third is zero at least.
    if (odd > head.size() / 6 && even == 0) return Encoding::utf16le;
    if (even > head.size() / 6 && odd == 0) return Encoding::utf16be;
    return std::nullopt;
}

/// In Windows-1252 a high byte is a letter among ASCII's, mostly alone; in Windows-1256 words are
/// made of high bytes alone.
Encoding code_page_of(std::string_view text) {
    std::size_t alone = 0;
    std::size_t together = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (!is_high(text[i])) continue;
        const char before = i > 0 ? text[i - 1] : ' ';
        const char after = i + 1 < text.size() ? text[i + 1] : ' ';
        if (is_ascii_letter(before) || is_ascii_letter(after))
            ++alone;
        else if (is_high(before) || is_high(after))
            ++together;
    }
    return together > alone ? Encoding::windows1256 : Encoding::windows1252;
}

std::string_view mark_of(Encoding encoding) {
    switch (encoding) {
        case Encoding::utf8: return mark_utf8;
        case Encoding::utf16le: return mark_utf16le;
        case Encoding::utf16be: return mark_utf16be;
        case Encoding::windows1252:
        case Encoding::windows1256: return {};
    }
    return {};
}

}  // namespace

Encoding encoding_shown_by(std::string_view bytes) {
    for (const auto encoding : {Encoding::utf8, Encoding::utf16le, Encoding::utf16be}) {
        if (bytes.starts_with(mark_of(encoding))) return encoding;
    }
    if (const auto wide = utf16_by_zeros(bytes)) return *wide;
    const auto [sequences, faults] = count_utf8(bytes);
    // Words of a code page are hardly ever well-formed by chance: where a fifth is, some rows of a
    // file in UTF-8 were damaged.
    if (faults == 0 || sequences * 4 >= faults) return Encoding::utf8;
    return code_page_of(bytes);
}

Result<void> decode(std::string_view bytes, std::optional<Encoding> wished, DecodedText& decoded) {
    decoded.encoding = wished.value_or(encoding_shown_by(bytes));
    const auto mark = mark_of(decoded.encoding);
    if (bytes.starts_with(mark)) bytes.remove_prefix(mark.size());
    if (decoded.encoding == Encoding::utf8) {
        decoded.text = bytes;
        decoded.all_utf8 = is_utf8(bytes);
        return {};
    }
    const std::string name(name_of(encoding_names, decoded.encoding));
    if (bytes.size() > ReadingBounds::converted)
        return bad_request("a file in " + name + " may have 256 MB; save it in UTF-8");
    const icu::UnicodeString text(
        bytes.data(), static_cast<std::int32_t>(bytes.size()), name.c_str());
    if (text.isBogus()) return bad_request("the file cannot be read as " + name);
    text.toUTF8String(decoded.converted);
    decoded.text = decoded.converted;
    return {};
}

}  // namespace relief::report
