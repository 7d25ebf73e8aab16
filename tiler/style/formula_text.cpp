#include "tiler/style/formula_text.hpp"

#include "tiler/style/words.hpp"

#include <algorithm>

namespace relief::style {

char FormulaText::next() noexcept {
    while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\t')) ++at_;
    return ended() ? '\0' : text_[at_];
}

bool FormulaText::take(std::string_view symbol) noexcept {
    next();
    if (!text_.substr(at_).starts_with(symbol)) return false;
    at_ += symbol.size();
    return true;
}

const Symbol* FormulaText::take_symbol(int level) noexcept {
    next();
    if (text_.substr(at_).starts_with("**")) return nullptr;
    const auto* const found = std::find_if(symbols.begin(), symbols.end(), [&](const Symbol& s) {
        return s.level == level && text_.substr(at_).starts_with(s.text);
    });
    if (found == symbols.end()) return nullptr;
    at_ += found->text.size();
    return found;
}

std::string_view FormulaText::name_here() const noexcept {
    const auto rest = text_.substr(at_);
    const auto end = std::find_if_not(rest.begin(), rest.end(), is_name);
    return rest.substr(0, static_cast<std::size_t>(end - rest.begin()));
}

std::string_view FormulaText::take_name() noexcept {
    const auto name = name_here();
    at_ += name.size();
    return name;
}

Result<double> FormulaText::take_number() {
    const auto begin = at_;
    auto rest = text_.substr(at_);
    const auto value = style::take_number(rest);
    at_ = text_.size() - rest.size();
    // "2b1" and "1_000" are neither a number nor a product.
    if (value && name_here().empty() && (ended() || text_[at_] != '.')) return *value;
    at_ = begin;
    rest = text_.substr(at_);
    const auto end =
        std::find_if_not(rest.begin(), rest.end(), [](char c) { return is_name(c) || c == '.'; });
    const auto length = static_cast<std::size_t>(end - rest.begin());
    return wrong(in_quotes(rest.substr(0, length)), at_, "is not a number");
}

Error FormulaText::wrong(const std::string& part, std::size_t at, const std::string& reason) {
    return bad_request("expression: " + part + " at character " + std::to_string(at + 1) + " " +
                       reason);
}

Error FormulaText::unexpected(std::string_view wanted) const {
    if (ended())
        return bad_request("expression " + in_quotes(text_) + " ends where " + std::string(wanted) +
                           " is expected");
    auto part = name_here();
    if (part.empty()) {
        // A whole UTF-8 character, so that the message stays readable.
        std::size_t end = at_ + 1;
        while (end < text_.size() && (static_cast<unsigned char>(text_[end]) & 0xC0U) == 0x80U)
            ++end;
        part = text_.substr(at_, end - at_);
    }
    // What came in an address as "b1+b2" without quoting is "b1 b2" here.
    const bool after_blank = at_ > 0 && text_[at_ - 1] == ' ' && wanted.starts_with("an operator");
    return wrong(in_quotes(part),
                 at_,
                 "stands where " + std::string(wanted) + " is expected" +
                     (after_blank ? "; in a web address + is written %2B" : ""));
}

}  // namespace relief::style
