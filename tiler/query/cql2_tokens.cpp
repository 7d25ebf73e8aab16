#include "tiler/query/cql2_tokens.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <system_error>

namespace relief::query {
namespace {

bool is_space(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}
bool is_digit(char c) {
    return c >= '0' && c <= '9';
}
/// Letters of other scripts are bytes from 0x80 up.
bool begins_word(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == ':' ||
           static_cast<unsigned char>(c) >= 0x80;
}
bool goes_on_word(char c) {
    return begins_word(c) || is_digit(c) || c == '.';
}

class Cutter {
public:
    explicit Cutter(std::string_view text) : text_(text) {}

    Result<std::vector<Token>> cut() {
        std::vector<Token> tokens;
        while (true) {
            while (at_ < text_.size() && is_space(text_[at_])) ++at_;
            auto token = next();
            if (!token) return token.error();
            tokens.push_back(std::move(*token));
            if (tokens.back().kind == TokenKind::end) return tokens;
        }
    }

private:
    Result<Token> next() {
        if (at_ == text_.size()) return Token{TokenKind::end, {}, 0, at_};
        const char c = text_[at_];
        if (c == '\'') return quoted('\'', TokenKind::text);
        if (c == '"') return quoted('"', TokenKind::quoted_name);
        if (begins_word(c)) return word();
        const bool fraction = c == '.' && at_ + 1 < text_.size() && is_digit(text_[at_ + 1]);
        if (is_digit(c) || fraction) return number();
        return sign();
    }

    /// A quote inside is written twice, or after a backslash.
    Result<Token> quoted(char quote, TokenKind kind) {
        Token token{kind, {}, 0, at_};
        for (++at_; at_ < text_.size(); ++at_) {
            const bool more = at_ + 1 < text_.size();
            const bool doubled = text_[at_] == quote && more && text_[at_ + 1] == quote;
            const bool escaped = text_[at_] == '\\' && more && text_[at_ + 1] == quote;
            if (doubled || escaped) {
                ++at_;
            } else if (text_[at_] == quote) {
                ++at_;
                return token;
            }
            token.text.push_back(text_[at_]);
        }
        return bad_request(std::string("filter: the ") + quote + " at character " +
                           std::to_string(token.at + 1) + " is not closed");
    }

    Token word() {
        const std::size_t begin = at_;
        while (at_ < text_.size() && goes_on_word(text_[at_])) ++at_;
        return {TokenKind::word, std::string(text_.substr(begin, at_ - begin)), 0, begin};
    }

    Result<Token> number() {
        Token token{TokenKind::number, {}, 0, at_};
        const char* const begin = text_.data() + at_;
        const auto [end, error] = std::from_chars(begin, text_.data() + text_.size(), token.number);
        const auto length = static_cast<std::size_t>(end - begin);
        token.text = text_.substr(at_, length);
        at_ += length;
        const bool goes_on = at_ < text_.size() && goes_on_word(text_[at_]);
        if (error != std::errc{} || goes_on)
            return bad_request("filter: \"" + std::string(text_.substr(token.at, 40)) +
                               "\" does not begin with a number that can be read");
        return token;
    }

    Result<Token> sign() {
        constexpr std::array<std::string_view, 13> signs{
            "<>", "<=", ">=", "=", "<", ">", "(", ")", ",", "+", "-", "*", "/"};
        const auto* const found = std::find_if(signs.begin(), signs.end(), [&](auto one) {
            return text_.substr(at_).starts_with(one);
        });
        if (found == signs.end())
            return bad_request("filter: \"" + std::string(text_.substr(at_, 1)) +
                               "\" at character " + std::to_string(at_ + 1) +
                               " is not part of CQL2");
        Token token{TokenKind::sign, std::string(*found), 0, at_};
        at_ += found->size();
        return token;
    }

    std::string_view text_;
    std::size_t at_ = 0;
};

}  // namespace

bool Token::is_word(std::string_view upper_case) const {
    return kind == TokenKind::word &&
           std::equal(text.begin(),
                      text.end(),
                      upper_case.begin(),
                      upper_case.end(),
                      [](char own, char asked) {
                          return (own >= 'a' && own <= 'z' ? char(own - 32) : own) == asked;
                      });
}

Result<std::vector<Token>> tokens_of(std::string_view text) {
    return Cutter(text).cut();
}

}  // namespace relief::query
