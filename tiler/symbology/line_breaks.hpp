#pragma once
// Where the lines of a label end.

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace relief::symbology {

/// What may not be parted, with what it ends at: nothing, a space, or a line's end.
struct Word {
    struct Piece {
        std::size_t part = 0;  ///< of the label, from 0
        std::string text;
    };

    std::vector<Piece> pieces;
    std::optional<std::size_t> space{};  ///< the part of the space that follows
    bool ends = false;                   ///< a line feed follows
    float dislike = 0;                   ///< of a line that would end here, as a square of ems
    float width = 0;                     ///< ems, as the next
    float space_width = 0;

    bool empty() const noexcept { return pieces.empty(); }
    void add(std::size_t part, std::string_view text);
};

/// The words of a label's parts; they have no widths yet. A part that is one `picture` character is
/// a word of its own.
std::vector<Word> words_of(std::span<const std::string_view> parts);

/// Stands for a picture among words: OBJECT REPLACEMENT CHARACTER.
inline constexpr std::string_view picture_character = "\xEF\xBF\xBC";

/// Lines as numbers of the words behind their last: about equally long, none longer than
/// `max_width` ems where words allow it; 0: broken at line feeds only.
std::vector<std::size_t> line_ends(const std::vector<Word>& words, float max_width);

/// The pieces of a line's words, with the spaces between them.
std::vector<Word::Piece> line_of(std::span<const Word> words);

}  // namespace relief::symbology
