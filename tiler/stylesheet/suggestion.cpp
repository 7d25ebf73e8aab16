#include "tiler/stylesheet/suggestion.hpp"

#include <algorithm>
#include <numeric>
#include <utility>
#include <vector>

namespace relief::stylesheet {
namespace {

constexpr std::size_t longest_word = 60;

struct WordPair {
    std::string_view written;
    std::string_view known;
};

/// How many letters to change, add or leave out (Levenshtein).
std::size_t steps_between(const WordPair& words) {
    std::vector<std::size_t> row(words.known.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t{0});
    for (std::size_t i = 0; i < words.written.size(); ++i) {
        std::size_t corner = std::exchange(row[0], i + 1);
        for (std::size_t j = 0; j < words.known.size(); ++j) {
            const std::size_t changed = corner + (words.written[i] == words.known[j] ? 0 : 1);
            corner = row[j + 1];
            row[j + 1] = std::min({changed, row[j] + 1, corner + 1});
        }
    }
    return row.back();
}

}  // namespace

std::string did_you_mean(std::string_view word, std::span<const std::string_view> known) {
    if (word.size() > longest_word || known.empty()) return "";
    const auto steps = [&](std::string_view each) { return steps_between({word, each}); };
    const auto nearest =
        std::min_element(known.begin(), known.end(), [&](std::string_view a, std::string_view b) {
            return steps(a) < steps(b);
        });
    if (steps(*nearest) > std::max<std::size_t>(1, word.size() / 3)) return "";
    return "; did you mean " + std::string(*nearest) + "?";
}

std::string listed(std::span<const std::string_view> words) {
    std::string text;
    for (const std::string_view word : words) {
        if (!text.empty()) text += ", ";
        text += word;
    }
    return text;
}

}  // namespace relief::stylesheet
