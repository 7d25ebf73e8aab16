#include "tiler/sprites/svg_picture.hpp"

#include "tiler/core/utf8.hpp"

#include <algorithm>
#include <cairo.h>
#include <cmath>
#include <librsvg/rsvg.h>
#include <memory>
#include <string>

namespace relief::sprites {
namespace {

template <auto release>
struct Release {
    template <typename Held>
    void operator()(Held* held) const noexcept {
        release(held);
    }
};

constexpr std::size_t most_uses = 16;

using OwnedSvg = std::unique_ptr<RsvgHandle, Release<g_object_unref>>;
using OwnedImage = std::unique_ptr<cairo_surface_t, Release<cairo_surface_destroy>>;
using OwnedPen = std::unique_ptr<cairo_t, Release<cairo_destroy>>;

/// How many elements of the name begin, with or without a prefix.
std::size_t count_elements(std::string_view svg, std::string_view name) {
    std::size_t count = 0;
    for (auto at = svg.find(name); at != std::string_view::npos; at = svg.find(name, at + 1)) {
        std::size_t start = at;
        if (start > 0 && svg[start - 1] == ':')
            start = std::min(svg.find_last_of("<> \t\r\n", start), start) + 1;
        if (start > 0 && svg[start - 1] == '<') ++count;
    }
    return count;
}

/// An error of GLib, freed.
std::string words_of(GError* error) {
    if (error == nullptr) return "no reason is given";
    std::string words = error->message;
    g_error_free(error);
    return words;
}

bool is_utf8(std::string_view text) {
    while (!text.empty()) {
        const std::size_t length = utf8_length(text);
        if (length == 0 || text.front() == '\0') return false;
        text.remove_prefix(length);
    }
    return true;
}

/// "<?xml … encoding="…"?>", where there is one: UTF-7, for one, is written in the letters of
/// UTF-8 and means others.
std::string_view stated_encoding(std::string_view svg) {
    constexpr std::string_view mark = "\xEF\xBB\xBF";
    constexpr std::string_view word = "encoding";
    if (svg.starts_with(mark)) svg.remove_prefix(mark.size());
    if (!svg.starts_with("<?xml")) return {};
    const std::string_view head = svg.substr(0, svg.find("?>"));
    const auto at = head.find(word);
    if (at == std::string_view::npos) return {};
    const auto open = head.find_first_of("\"'", at + word.size());
    const auto close = open == std::string_view::npos ? open : head.find(head[open], open + 1);
    if (close == std::string_view::npos) return head.substr(at);
    return head.substr(open + 1, close - open - 1);
}

/// What is looked for below is looked for in UTF-8; the parser would read other encodings too.
Result<void> check_encoding(std::string_view svg) {
    if (!is_utf8(svg)) return bad_request("the SVG is not in UTF-8; no other encoding is read");
    const std::string_view stated = stated_encoding(svg);
    const bool good = stated.empty() || stated == "UTF-8" || stated == "utf-8";
    if (good) return {};
    return bad_request("the SVG states the encoding \"" + std::string(stated.substr(0, 40)) +
                       "\"; UTF-8 alone is read");
}

Result<OwnedSvg> open_svg(std::string_view svg) {
    if (svg.size() > most_svg_bytes)
        return bad_request("the SVG has " + std::to_string(svg.size()) + " bytes; up to " +
                           std::to_string(most_svg_bytes) + " are read");
    if (auto good = check_encoding(svg); !good) return good.error();
    // Entities and embedded pictures would be read by other parsers, with limits of their own.
    for (const char* const refused : {"<!DOCTYPE", "<!ENTITY", "data:"})
        if (svg.find(refused) != std::string_view::npos)
            return bad_request("the SVG holds \"" + std::string(refused) +
                               "\"; shapes alone are drawn");
    // Each can show others many times over, and these again others: a small file, a long wait.
    for (const char* const refused :
         {"pattern", "filter", "mask", "marker", "image", "foreignObject", "script"})
        if (count_elements(svg, refused) > 0)
            return bad_request("the SVG has an element \"" + std::string(refused) +
                               "\"; shapes, gradients and clip paths are drawn");
    if (count_elements(svg, "use") > most_uses)
        return bad_request("the SVG has more than " + std::to_string(most_uses) +
                           " elements \"use\"");
    GError* error = nullptr;
    OwnedSvg handle(
        rsvg_handle_new_from_data(reinterpret_cast<const guint8*>(svg.data()), svg.size(), &error));
    if (!handle) return bad_request("the SVG cannot be read", words_of(error));
    return handle;
}

struct SvgSize {
    double width = 0;
    double height = 0;
};

Result<SvgSize> size_of(RsvgHandle* svg) {
    SvgSize size;
    if (rsvg_handle_get_intrinsic_size_in_pixels(svg, &size.width, &size.height) == 0) {
        gboolean has_box = 0;
        RsvgRectangle box{};
        rsvg_handle_get_intrinsic_dimensions(
            svg, nullptr, nullptr, nullptr, nullptr, &has_box, &box);
        if (has_box == 0) return bad_request("the SVG states neither width and height nor viewBox");
        size = {box.width, box.height};
    }
    const auto fits = [](double side) { return side >= 1 && side <= longest_icon_side; };
    if (fits(size.width) && fits(size.height)) return size;
    return bad_request("the SVG is " + std::to_string(size.width) + " × " +
                       std::to_string(size.height) + " pixels; each side may have 1 to 128");
}

/// Cairo keeps blue first; a surface keeps red first.
canvas::Surface surface_of(cairo_surface_t* image, PixelSize size) {
    cairo_surface_flush(image);
    canvas::Surface surface(size);
    const unsigned char* const bytes = cairo_image_surface_get_data(image);
    const int stride = cairo_image_surface_get_stride(image);
    for (int y = 0; y < size.height; ++y) {
        const unsigned char* const from = bytes + std::ptrdiff_t{y} * stride;
        std::uint8_t* const to = surface.row(y);
        for (std::ptrdiff_t x = 0; x < size.width; ++x) {
            to[4 * x] = from[4 * x + 2];
            to[4 * x + 1] = from[4 * x + 1];
            to[4 * x + 2] = from[4 * x];
            to[4 * x + 3] = from[4 * x + 3];
        }
    }
    return surface;
}

std::optional<IconBox> box_of(RsvgHandle* svg,
                              const SvgSize& stated,
                              double scale,
                              const char* id) {
    if (rsvg_handle_has_sub(svg, id) == 0) return std::nullopt;
    const RsvgRectangle whole{0, 0, stated.width, stated.height};
    RsvgRectangle ink{};
    RsvgRectangle logical{};
    if (rsvg_handle_get_geometry_for_layer(svg, id, &whole, &ink, &logical, nullptr) == 0)
        return std::nullopt;
    const auto scaled = [scale](double at, double most) {
        return std::round(std::clamp(at, 0.0, most) * scale);
    };
    return IconBox{scaled(logical.x, whole.width),
                   scaled(logical.y, whole.height),
                   scaled(logical.x + logical.width, whole.width),
                   scaled(logical.y + logical.height, whole.height)};
}

StretchMarks marks_of(RsvgHandle* svg, const SvgSize& stated, double scale) {
    const auto box = [&](const char* id) { return box_of(svg, stated, scale, id); };
    const auto both = box("#mapbox-stretch");
    const auto across = box("#mapbox-stretch-x");
    const auto down = box("#mapbox-stretch-y");
    return {across ? across : both, down ? down : both, box("#mapbox-content")};
}

}  // namespace

Result<SvgPicture> draw_svg(std::string_view svg, double scale) {
    const auto handle = open_svg(svg);
    if (!handle) return handle.error();
    const auto stated = size_of(handle->get());
    if (!stated) return stated.error();
    const PixelSize size{static_cast<int>(std::lround(stated->width * scale)),
                         static_cast<int>(std::lround(stated->height * scale))};
    const OwnedImage image(
        cairo_image_surface_create(CAIRO_FORMAT_ARGB32, size.width, size.height));
    const OwnedPen pen(cairo_create(image.get()));
    cairo_scale(pen.get(), scale, scale);
    const RsvgRectangle whole{0, 0, stated->width, stated->height};
    GError* error = nullptr;
    if (rsvg_handle_render_document(handle->get(), pen.get(), &whole, &error) == 0)
        return bad_request("the SVG cannot be drawn", words_of(error));
    if (cairo_status(pen.get()) != CAIRO_STATUS_SUCCESS)
        return bad_request("the SVG cannot be drawn",
                           cairo_status_to_string(cairo_status(pen.get())));
    return SvgPicture{surface_of(image.get(), size), marks_of(handle->get(), *stated, scale)};
}

}  // namespace relief::sprites
