#include "tiler/symbology/draw_style.hpp"

#include "tiler/symbology/draw_layers.hpp"
#include "tiler/symbology/symbol_placement.hpp"

#include <utility>

namespace relief::symbology {
namespace {

using stylesheet::LayerType;

using Drawing = void (*)(const Brush&);

/// Null for symbols: all of a style are placed before one is drawn.
Drawing drawing_of(LayerType type) noexcept {
    switch (type) {
        case LayerType::background: return draw_background;
        case LayerType::fill: return draw_fill;
        case LayerType::line: return draw_line;
        case LayerType::circle: return draw_circle;
        case LayerType::raster: return draw_raster;
        case LayerType::heatmap: return draw_heatmap;
        case LayerType::hillshade: return draw_hillshade;
        case LayerType::color_relief: return draw_color_relief;
        case LayerType::fill_extrusion: return draw_fill_extrusion;
        case LayerType::symbol: break;
    }
    return nullptr;
}

expression::Evaluation evaluation_of(const stylesheet::StyleDocument& style, double zoom) {
    expression::Evaluation evaluation;
    evaluation.zoom = zoom;
    evaluation.global_state = style.state;
    return evaluation;
}

/// One picture while it is drawn.
class StyleDrawing {
public:
    StyleDrawing(const stylesheet::StyleDocument& style, const View& view, StyleSupply& data)
        : style_(style),
          data_(data),
          frame_(view),
          surface_(view.size),
          evaluation_(evaluation_of(style, view.zoom)) {
        evaluation_.scratch = &of_layer_;
        evaluation_.images = &data.style_images();
    }

    /// Called for all layers, from the uppermost down, before one is drawn.
    void place(const stylesheet::Layer& layer) {
        if (layer.type == LayerType::symbol && begin(layer)) symbols_.place(brush(layer));
    }

    void draw(const stylesheet::Layer& layer) {
        if (!begin(layer)) return;
        if (layer.type == LayerType::symbol)
            symbols_.draw(brush(layer));
        else
            drawing_of(layer.type)(brush(layer));
    }

    canvas::Surface take_surface() && { return std::move(surface_); }

private:
    /// False where nothing of the layer shows.
    bool begin(const stylesheet::Layer& layer) {
        of_layer_.clear();
        of_feature_.clear();
        return layer.is_visible(evaluation_);
    }

    Brush brush(const stylesheet::Layer& layer) {
        return {style_, layer, frame_, data_, surface_, evaluation_, of_feature_};
    }

    const stylesheet::StyleDocument& style_;
    StyleSupply& data_;
    ViewFrame frame_;
    canvas::Surface surface_;
    expression::Scratch of_feature_;
    // What a layer's own values point to must outlive the clearing between its features.
    expression::Scratch of_layer_;
    expression::Evaluation evaluation_;
    SymbolPlacement symbols_;
};

}  // namespace

Result<canvas::Surface> draw_style(const stylesheet::StyleDocument& style,
                                   const View& view,
                                   StyleSupply& data,
                                   const Deadline& deadline) {
    StyleDrawing drawing(style, view, data);
    const auto late = [&] { return deadline.passed(); };
    for (auto layer = style.layers.rbegin(); layer != style.layers.rend() && !late(); ++layer)
        drawing.place(*layer);
    for (const stylesheet::Layer& layer : style.layers) {
        if (late()) return Error{Fault::out_of_time, "drawing the style took too long"};
        drawing.draw(layer);
    }
    return std::move(drawing).take_surface();
}

}  // namespace relief::symbology
