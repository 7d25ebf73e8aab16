#pragma once
// The machine's fonts in order of preference, opened when first needed.

#include "tiler/core/result.hpp"
#include "tiler/text/text.hpp"

#include <fontconfig/fontconfig.h>
#include <ft2build.h>
#include FT_FREETYPE_H
#include <hb.h>

#include <cstddef>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace relief::text {

template <auto release>
struct Release {
    template <typename Held>
    void operator()(Held* held) const noexcept {
        release(held);
    }
};

using OwnedCharSet = std::unique_ptr<FcCharSet, Release<FcCharSetDestroy>>;
using OwnedFace = std::unique_ptr<FT_FaceRec, Release<FT_Done_Face>>;
using OwnedFreeType = std::unique_ptr<FT_LibraryRec_, Release<FT_Done_FreeType>>;
using OwnedFont = std::unique_ptr<hb_font_t, Release<hb_font_destroy>>;

/// A font as fontconfig tells of it, before anything is opened.
struct FontEntry {
    std::string path;
    int index = 0;  ///< within a collection
    OwnedCharSet characters;
    std::vector<std::string> names{};  ///< as styles ask for it: "Noto Sans Bold"; one at least

    bool covers(char32_t character) const noexcept {
        return FcCharSetHasChar(characters.get(), character) == FcTrue;
    }
};

/// A font ready to shape and draw at the size last asked for.
struct OpenFont {
    OwnedFace face;
    OwnedFont shaper;
    int size = 0;  ///< of both, in 1/64 pixel
};

/// FreeType and the fonts that one thread at a time opens with it.
struct FontDesk {
    OwnedFreeType freetype{};
    std::vector<OpenFont> opened{};  ///< declared last: faces end before FreeType does
};

/// FreeType faces belong to one thread at a time, so they are reached only through a Lease. There
/// are as many desks as there were ever leases at once: threads that label tiles do not wait for
/// each other.
class Fonts::Library {
public:
    explicit Library(std::vector<FontEntry> entries);

    /// The font of the name, however its letters and spaces are written; nothing when there is
    /// none.
    std::optional<std::size_t> place_of(std::string_view name) const;
    /// The name that it goes by: its family and its style.
    const std::string& name_of(std::size_t place) const { return entries_[place].names.front(); }

    /// Holds a desk for one thread and sets every font to one size.
    class Lease {
    public:
        Lease(const Library& library, double pixels)
            : library_(library), pixels_(pixels), desk_(library.lend()) {}
        ~Lease() { library_.take_back(std::move(desk_)); }
        Lease(const Lease&) = delete;
        Lease& operator=(const Lease&) = delete;
        Lease(Lease&&) = delete;
        Lease& operator=(Lease&&) = delete;

        /// Place of the font that has the character: `preferred` before all others; 0 (whose
        /// "missing" box it shows) if none.
        std::size_t font_for(char32_t character,
                             std::optional<std::size_t> preferred) const noexcept;
        bool covers(std::size_t font, char32_t character) const noexcept {
            return library_.entries_[font].covers(character);
        }
        /// The font at the lease's size; null when its file cannot be read any more.
        const OpenFont* font(std::size_t place) const;
        /// Units: 1/64 pixel.
        int em() const noexcept { return static_cast<int>(pixels_ * 64); }

    private:
        const Library& library_;
        double pixels_;
        mutable FontDesk desk_;  ///< fonts are opened when first asked for
    };

private:
    FontDesk lend() const;
    void take_back(FontDesk desk) const noexcept;

    std::vector<FontEntry> entries_;
    std::unordered_map<std::string, std::size_t> places_;  ///< by names without spaces
    mutable std::mutex mutex_;
    mutable std::vector<FontDesk> free_;
};

/// The fonts of this machine, best first: upright regular Noto Sans of every script, then other
/// Noto, then the rest in fontconfig's own order.
std::vector<FontEntry> installed_fonts();

}  // namespace relief::text
