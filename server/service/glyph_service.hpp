#pragma once
// Font ranges for browsers, kept while they are asked for.

#include "tiler/core/bytes.hpp"
#include "tiler/core/result.hpp"
#include "tiler/text/text.hpp"

#include <cstddef>
#include <list>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

namespace relief::service {

/// Any thread. Stacks that are drawn from the same fonts are one, however they are spelled. Of what
/// was made the part that was asked for longest ago goes when all of it is over `most` bytes.
class GlyphService {
public:
    explicit GlyphService(std::optional<text::Fonts> fonts,
                          std::size_t most = std::size_t{16} << 20U)
        : fonts_(std::move(fonts)), most_(most) {}

    /// Errors: those of glyphs::font_stack() and glyph_range(); source_broken when the machine has
    /// no font.
    Result<SharedBytes> get(std::string_view fontstack, std::string_view range);

private:
    struct Kept {
        std::string key;
        SharedBytes bytes;
    };
    using Row = std::list<Kept>;

    SharedBytes find(const std::string& key);
    void keep(const std::string& key, const SharedBytes& bytes);

    std::optional<text::Fonts> fonts_;
    std::size_t most_;
    std::mutex mutex_;
    Row row_;  ///< the one that was asked for last comes first
    std::map<std::string, Row::iterator, std::less<>> places_;
    std::size_t bytes_ = 0;
};

}  // namespace relief::service
