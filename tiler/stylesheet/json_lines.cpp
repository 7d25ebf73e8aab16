#include "tiler/stylesheet/json_lines.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace relief::stylesheet {
namespace {

/// Walks valid JSON, value by value, without building any.
class Walker {
public:
    explicit Walker(std::string_view text) : text_(text) {}

    std::size_t line() const {
        const std::string_view before = text_.substr(0, at_);
        return 1 + static_cast<std::size_t>(std::count(before.begin(), before.end(), '\n'));
    }

    /// Goes to the value that the step leads to, within the value that begins here. Stays when
    /// there is none.
    bool enter(const JsonPath::Step& step) {
        const std::size_t begin = at_;
        const auto* const item = std::get_if<std::size_t>(&step);
        const bool found =
            item != nullptr ? enter_item(*item) : enter_member(std::get<std::string>(step));
        if (!found) at_ = begin;
        return found;
    }

    void skip_space() {
        while (at_ < text_.size() && std::string_view(" \t\r\n").find(text_[at_]) != npos) ++at_;
    }

    /// After a member's name and colon.
    void skip_name() {
        skip_string();
        skip_space();
        if (at_ < text_.size() && text_[at_] == ':') ++at_;
        skip_space();
    }

    bool at_name() const { return at_name_; }

private:
    static constexpr std::size_t npos = std::string_view::npos;

    char here() const { return at_ < text_.size() ? text_[at_] : '\0'; }

    void skip_string() {
        ++at_;
        while (at_ < text_.size() && text_[at_] != '"') at_ += text_[at_] == '\\' ? 2 : 1;
        ++at_;
    }

    /// By counting brackets: how deep the document is does not matter.
    void skip_value() {
        std::size_t depth = 0;
        do {
            skip_space();
            const char c = here();
            if (c == '"') {
                skip_string();
            } else {
                if (c == '{' || c == '[') ++depth;
                if ((c == '}' || c == ']') && depth > 0) --depth;
                skip_token();
            }
        } while (depth > 0 && at_ < text_.size());
    }

    /// A bracket, comma or colon, or a whole number or word.
    void skip_token() {
        const std::size_t end = text_.find_first_of(",:[]{}\" \t\r\n", at_);
        at_ = end == at_ ? at_ + 1 : std::min(end, text_.size());
    }

    /// At the next item or member; false at the end of the list or object.
    bool next() {
        skip_space();
        if (here() != ',') return false;
        ++at_;
        skip_space();
        return true;
    }

    bool enter_first(char opening) {
        skip_space();
        if (here() != opening) return false;
        ++at_;
        skip_space();
        return here() != ']' && here() != '}' && at_ < text_.size();
    }

    bool enter_item(std::size_t item) {
        if (!enter_first('[')) return false;
        for (std::size_t i = 0; i < item; ++i) {
            skip_value();
            if (!next()) return false;
        }
        at_name_ = false;
        return true;
    }

    /// Stays at the name, where the line is taken.
    bool enter_member(const std::string& name) {
        if (!enter_first('{')) return false;
        while (true) {
            const std::size_t begin = at_;
            skip_string();
            const auto raw = text_.substr(begin, at_ - begin);
            if (nlohmann::json::parse(raw.begin(), raw.end(), nullptr, false) == name) {
                at_ = begin;
                at_name_ = true;
                return true;
            }
            at_ = begin;
            skip_name();
            skip_value();
            if (!next()) return false;
        }
    }

    std::string_view text_;
    std::size_t at_ = 0;
    bool at_name_ = false;
};

}  // namespace

std::size_t line_of(std::string_view text, const JsonPath& path) {
    Walker walker(text);
    walker.skip_space();
    for (const JsonPath::Step& step : path.steps()) {
        Walker further = walker;
        if (further.at_name()) further.skip_name();
        if (!further.enter(step)) break;
        walker = further;
    }
    return walker.line();
}

}  // namespace relief::stylesheet
