#include "tiler/expression/json_document.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace relief::expression {
namespace {

using nlohmann::json;

/// Only looks: how deep the text is nested, and where it stops being JSON.
class Surveyor final : public nlohmann::json_sax<json> {
public:
    explicit Surveyor(std::size_t deepest) : deepest_(deepest) {}

    bool null() override { return true; }
    bool boolean(bool) override { return true; }
    bool number_integer(number_integer_t) override { return true; }
    bool number_unsigned(number_unsigned_t) override { return true; }
    bool number_float(number_float_t, const string_t&) override { return true; }
    bool string(string_t&) override { return true; }
    bool binary(binary_t&) override { return true; }
    bool start_object(std::size_t) override { return enter(); }
    bool key(string_t&) override { return true; }
    bool end_object() override { return leave(); }
    bool start_array(std::size_t) override { return enter(); }
    bool end_array() override { return leave(); }
    bool parse_error(std::size_t position,
                     const std::string& last_token,
                     const nlohmann::detail::exception&) override {
        position_ = position;
        token_ = last_token;
        return false;
    }

    bool too_deep() const { return depth_ > deepest_; }
    std::size_t position() const { return position_; }
    const std::string& token() const { return token_; }

private:
    bool enter() { return ++depth_ <= deepest_; }
    bool leave() {
        --depth_;
        return true;
    }

    std::size_t deepest_;
    std::size_t depth_ = 0;
    std::size_t position_ = 0;
    std::string token_;
};

/// What can be shown of the text that could not be read.
std::string printable(const std::string& token) {
    std::string shown = token.substr(0, 40);
    std::replace_if(
        shown.begin(),
        shown.end(),
        [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; },
        ' ');
    return shown;
}

}  // namespace

std::size_t line_of_byte(std::string_view text, std::size_t byte) noexcept {
    const std::string_view before = text.substr(0, std::min(byte, text.size()));
    return 1 + static_cast<std::size_t>(std::count(before.begin(), before.end(), '\n'));
}

Result<json> parse_json(std::string_view text, const JsonLimits& limits) {
    if (text.size() > limits.bytes)
        return Error{Fault::too_large,
                     "the document has " + std::to_string(text.size()) + " bytes; at most " +
                         std::to_string(limits.bytes) + " are read"};
    Surveyor surveyor(limits.depth);
    if (!json::sax_parse(text.begin(), text.end(), &surveyor)) {
        if (surveyor.too_deep())
            return Error{Fault::too_large,
                         "the document is nested more than " + std::to_string(limits.depth) +
                             " levels deep"};
        const std::size_t byte = surveyor.position() > 0 ? surveyor.position() - 1 : 0;
        return bad_request("line " + std::to_string(line_of_byte(text, byte)) +
                           ": this is no JSON, at '" + printable(surveyor.token()) + "'");
    }
    json document = json::parse(text.begin(), text.end(), nullptr, false);
    if (document.is_discarded()) return bad_request("this is no JSON");
    return document;
}

}  // namespace relief::expression
