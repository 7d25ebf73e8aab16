#pragma once
// What a style is drawn from, as whoever holds it gives it.

#include "tiler/canvas/surface.hpp"
#include "tiler/core/features.hpp"
#include "tiler/expression/evaluation.hpp"
#include "tiler/stylesheet/layer.hpp"
#include "tiler/symbology/height_field.hpp"
#include "tiler/symbology/letter_fields.hpp"
#include "tiler/symbology/view.hpp"
#include "tiler/text/outline.hpp"

#include <array>
#include <memory>
#include <string_view>
#include <vector>

namespace relief::symbology {

/// Features of one tile of a source, and where that lies.
struct FeaturePiece {
    std::shared_ptr<const FeatureTile> features;
    TileSquare square;
    bool whole_lines = false;  ///< lines are not cut at tiles, so that progress along them is known
};

/// A picture of a raster source: its corners from the upper left clockwise.
struct ImagePiece {
    std::shared_ptr<const canvas::Surface> image;
    std::array<WorldPlace, 4> corners;
};

/// Heights of one tile of a source.
struct HeightPiece {
    std::shared_ptr<const HeightField> heights;
    TileSquare square;
};

/// An image that a style names.
struct StyleImage {
    canvas::Surface pixels;
    double ratio = 1;  ///< pixels of the image for each style pixel
    /// Alpha tells the distance from the edge, as the reference renderer writes it; colours mean
    /// nothing.
    bool is_distances = false;
};

class StyleImages : public expression::ImageNames {
public:
    /// Null when there is none of the name.
    virtual const StyleImage* find(std::string_view name) const = 0;
    bool has(std::string_view name) const override { return find(name) != nullptr; }
};

/// Asked once for each layer that is drawn. What cannot be had is not in the answer.
class StyleSupply {
public:
    StyleSupply() = default;
    StyleSupply(const StyleSupply&) = delete;
    StyleSupply& operator=(const StyleSupply&) = delete;
    StyleSupply(StyleSupply&&) = delete;
    StyleSupply& operator=(StyleSupply&&) = delete;
    virtual ~StyleSupply() = default;

    /// Of the layer's source (and source layer) what the frame shows and, `margin` pixels around
    /// it, what may reach in.
    virtual std::vector<FeaturePiece> features(const stylesheet::Layer& layer,
                                               const ViewFrame& frame,
                                               double margin) = 0;
    virtual std::vector<ImagePiece> images(const stylesheet::Layer& layer,
                                           const ViewFrame& frame) = 0;
    virtual std::vector<HeightPiece> heights(const stylesheet::Layer& layer,
                                             const ViewFrame& frame) = 0;
    virtual const StyleImages& style_images() const = 0;
    /// Null where there are no fonts: then no words are drawn.
    virtual text::OutlinedText* fonts() = 0;
    /// Of the letters that fonts() gives.
    LetterFields& letters() noexcept { return letters_; }

private:
    LetterFields letters_;
};

}  // namespace relief::symbology
