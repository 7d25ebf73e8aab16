#include "tiler/text/font_library.hpp"

#include <hb-ft.h>

#include <algorithm>
#include <cmath>
#include <string_view>

namespace relief::text {
namespace {

using OwnedConfig = std::unique_ptr<FcConfig, Release<FcConfigDestroy>>;
using OwnedPattern = std::unique_ptr<FcPattern, Release<FcPatternDestroy>>;
using OwnedFontSet = std::unique_ptr<FcFontSet, Release<FcFontSetDestroy>>;

std::string text_of(const FcPattern* pattern, const char* property) {
    FcChar8* text = nullptr;
    if (FcPatternGetString(pattern, property, 0, &text) != FcResultMatch) return {};
    return reinterpret_cast<const char*>(text);
}

int number_of(const FcPattern* pattern, const char* property) {
    int number = 0;
    return FcPatternGetInteger(pattern, property, 0, &number) == FcResultMatch ? number : 0;
}

bool is_outline_font(const FcPattern* pattern) {
    FcBool scalable = FcFalse;
    FcBool colour = FcFalse;
    FcBool variable = FcFalse;
    FcPatternGetBool(pattern, FC_SCALABLE, 0, &scalable);
    FcPatternGetBool(pattern, FC_COLOR, 0, &colour);
    // The named instances of a variable font are listed by themselves.
    FcPatternGetBool(pattern, FC_VARIABLE, 0, &variable);
    return scalable == FcTrue && colour == FcFalse && variable == FcFalse;
}

/// Lower comes first: a sans serif of one design for all scripts, regular and upright.
int rank_of(const FcPattern* pattern) {
    const auto family = text_of(pattern, FC_FAMILY);
    const bool plain = number_of(pattern, FC_SLANT) == FC_SLANT_ROMAN &&
                       number_of(pattern, FC_WEIGHT) == FC_WEIGHT_REGULAR &&
                       number_of(pattern, FC_WIDTH) == FC_WIDTH_NORMAL;
    const int unusual = plain ? 0 : 10;
    if (family == "Noto Sans") return unusual;
    if (family.starts_with("Noto Sans Mono") || family.starts_with("Noto Sans Display"))
        return unusual + 3;
    if (family.starts_with("Noto Sans")) return unusual + 1;
    return unusual + (family.starts_with("Noto") ? 2 : 4);
}

OwnedPattern sans_serif() {
    OwnedPattern pattern(FcPatternCreate());
    for (const char* family : {"Noto Sans", "sans-serif"})
        FcPatternAddString(pattern.get(), FC_FAMILY, reinterpret_cast<const FcChar8*>(family));
    FcPatternAddInteger(pattern.get(), FC_WEIGHT, FC_WEIGHT_REGULAR);
    FcPatternAddInteger(pattern.get(), FC_SLANT, FC_SLANT_ROMAN);
    return pattern;
}

/// Every name that the font gives itself, and its family with its style.
std::vector<std::string> names_of(const FcPattern* pattern) {
    std::vector<std::string> names{text_of(pattern, FC_FAMILY) + " " + text_of(pattern, FC_STYLE)};
    FcChar8* text = nullptr;
    for (int i = 0; FcPatternGetString(pattern, FC_FULLNAME, i, &text) == FcResultMatch; ++i)
        names.emplace_back(reinterpret_cast<const char*>(text));
    return names;
}

/// Small letters without spaces and hyphens: "SemiBold" is "Semibold" and "Semi Bold".
std::string plain(std::string_view name) {
    std::string letters;
    for (const char c : name) {
        if (c == ' ' || c == '-') continue;
        letters += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    }
    return letters;
}

FontEntry entry_of(const FcPattern* pattern) {
    FcCharSet* characters = nullptr;
    FcPatternGetCharSet(pattern, FC_CHARSET, 0, &characters);
    return {.path = text_of(pattern, FC_FILE),
            .index = number_of(pattern, FC_INDEX),
            .characters =
                OwnedCharSet(characters == nullptr ? FcCharSetCreate() : FcCharSetCopy(characters)),
            .names = names_of(pattern)};
}

}  // namespace

std::vector<FontEntry> installed_fonts() {
    const OwnedConfig config(FcInitLoadConfigAndFonts());
    if (!config) return {};
    const auto pattern = sans_serif();
    FcConfigSubstitute(config.get(), pattern.get(), FcMatchPattern);
    FcDefaultSubstitute(pattern.get());

    FcResult result = FcResultNoMatch;
    const OwnedFontSet found(FcFontSort(config.get(), pattern.get(), FcFalse, nullptr, &result));
    if (!found) return {};
    std::vector<const FcPattern*> fonts(found->fonts, found->fonts + found->nfont);
    std::erase_if(fonts, [](const auto* font) { return !is_outline_font(font); });
    std::stable_sort(fonts.begin(), fonts.end(), [](const auto* a, const auto* b) {
        return rank_of(a) < rank_of(b);
    });

    std::vector<FontEntry> entries;
    std::transform(fonts.begin(), fonts.end(), std::back_inserter(entries), entry_of);
    return entries;
}

Fonts::Library::Library(std::vector<FontEntry> entries) : entries_(std::move(entries)) {
    // Of several fonts of one name the first is the preferred one.
    for (std::size_t i = 0; i < entries_.size(); ++i)
        for (const std::string& name : entries_[i].names) places_.emplace(plain(name), i);
}

std::optional<std::size_t> Fonts::Library::place_of(std::string_view name) const {
    const auto found = places_.find(plain(name));
    return found == places_.end() ? std::nullopt : std::optional(found->second);
}

std::size_t Fonts::Library::Lease::font_for(char32_t character,
                                            std::optional<std::size_t> preferred) const noexcept {
    if (preferred && covers(*preferred, character)) return *preferred;
    const auto& entries = library_.entries_;
    const auto found = std::find_if(entries.begin(), entries.end(), [character](const auto& entry) {
        return entry.covers(character);
    });
    return found == entries.end() ? 0 : static_cast<std::size_t>(found - entries.begin());
}

FontDesk Fonts::Library::lend() const {
    {
        const std::lock_guard lock(mutex_);
        if (!free_.empty()) {
            FontDesk desk = std::move(free_.back());
            free_.pop_back();
            return desk;
        }
    }
    FT_Library freetype = nullptr;
    // Without it no font can be opened, which font() tells.
    if (FT_Init_FreeType(&freetype) != 0) return {};
    return {OwnedFreeType(freetype), std::vector<OpenFont>(entries_.size())};
}

void Fonts::Library::take_back(FontDesk desk) const noexcept {
    if (!desk.freetype) return;
    const std::lock_guard lock(mutex_);
    free_.push_back(std::move(desk));
}

const OpenFont* Fonts::Library::Lease::font(std::size_t place) const {
    if (!desk_.freetype) return nullptr;
    auto& font = desk_.opened[place];
    if (!font.face) {
        const auto& entry = library_.entries_[place];
        FT_Face face = nullptr;
        if (FT_New_Face(desk_.freetype.get(), entry.path.c_str(), entry.index, &face) != 0)
            return nullptr;
        font.face.reset(face);
        const std::unique_ptr<hb_face_t, Release<hb_face_destroy>> tables(
            hb_ft_face_create_referenced(face));
        // HarfBuzz reads advances from the tables itself: unhinted, the same at every size.
        font.shaper.reset(hb_font_create(tables.get()));
    }
    const auto size = static_cast<int>(std::lround(pixels_ * 64));
    if (font.size != size) {
        FT_Set_Char_Size(font.face.get(), size, size, 72, 72);
        hb_font_set_scale(font.shaper.get(), size, size);
        font.size = size;
    }
    return &font;
}

Result<Fonts> Fonts::open() {
    auto entries = installed_fonts();
    if (entries.empty())
        return source_broken("text cannot be drawn here", "fontconfig finds no outline font");
    auto library = std::make_shared<const Library>(std::move(entries));
    if (Library::Lease(*library, 16).font(0) == nullptr)
        return source_broken("text cannot be drawn here", "the first font cannot be read");
    return Fonts(std::move(library));
}

}  // namespace relief::text
