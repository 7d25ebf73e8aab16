#include "server/command/export_order.hpp"

#include "server/command/export_area.hpp"
#include "server/command/remote_layer.hpp"
#include "server/route/parameters.hpp"
#include "server/route/vector_facts.hpp"
#include "server/service/feature_words.hpp"
#include "server/service/tile_service.hpp"
#include "server/version.hpp"
#include "tiler/core/version.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <thread>
#include <utility>

namespace relief::command {
namespace {

using workspace::Layer;
using workspace::Observation;

/// One format for the whole package, as MBTiles has it. Automatic: WebP for colour pictures, which
/// JPEG would leave without transparency at the edges; PNG for what it holds smaller and exactly.
Result<encode::ImageFormat> format_of(const ExportOptions& options,
                                      const style::RasterStyle& style) {
    if (options.format.empty()) return encode::ImageFormat::png;
    const auto format = encode::parse_image_format(options.format);
    if (!format)
        return bad_request("format \"" + options.format +
                           "\" is not known; it is png, webp, jpg or auto, of features also mvt");
    if (*format != encode::ImageFormat::automatic) return *format;
    return style.outputs() >= 3 ? encode::ImageFormat::webp : encode::ImageFormat::png;
}

std::string extension_of(encode::ImageFormat format) {
    switch (format) {
        case encode::ImageFormat::webp: return "webp";
        case encode::ImageFormat::jpeg: return "jpg";
        case encode::ImageFormat::png:
        case encode::ImageFormat::automatic: break;
    }
    return "png";
}

std::string joined(const std::vector<std::pair<std::string, std::string>>& parts) {
    std::string text;
    for (const auto& [title, value] : parts) {
        if (value.empty()) continue;
        if (!text.empty()) text += ". ";
        text.append(title).append(value);
    }
    return text;
}

/// Grows with each new content: the day it was made, as a number.
unsigned revision_of(const Observation& observation) {
    const std::string day = to_text(observation.modified).substr(0, 10);
    std::string digits;
    std::copy_if(day.begin(), day.end(), std::back_inserter(digits), [](char letter) {
        return letter >= '0' && letter <= '9';
    });
    unsigned number = 1;
    std::from_chars(digits.data(), digits.data() + digits.size(), number);
    return number;
}

archive::Description description_of(const Layer& layer,
                                    const workspace::View& view,
                                    const ExportPlace& place) {
    const workspace::Provenance& from = layer.provenance;
    const Observation& observation = *view.observation;
    const auto moments = workspace::moments_of(view);
    const std::string observed = moments ? to_text(*moments) : "";
    archive::Description description;
    description.title = layer.title;
    description.text = joined({{"Observed ", observed},
                               {"Acquired ", from.acquired},
                               {"Processed ", from.processed},
                               {"Method: ", from.method},
                               {"Confidence: ", from.confidence},
                               {"Preliminary", from.preliminary ? " product" : ""}});
    description.attribution = joined({{"", from.source}, {"Licence: ", from.licence}});
    description.extent = place.extent;
    description.zooms = place.zooms;
    description.version = revision_of(observation);
    description.facts = {{"layer", layer.name.text()}, {"content", observation.version.text}};
    if (!observed.empty()) description.facts.emplace_back("observed", observed);
    if (observation.mosaic) description.facts.emplace_back("pick", to_text(view.scenes.pick));
    return description;
}

/// All that decides the bytes of a tile; lengths go before values, so that none passes for another.
std::string order_text(const ExportOptions& options,
                       const service::FeatureWords& words,
                       const archive::Description& description) {
    std::string text;
    const auto add = [&](const std::string& value) {
        text += std::to_string(value.size()) + ':' + value;
    };
    for (const std::string& value : {std::string(version),
                                     description.extension,
                                     options.effort,
                                     archive::to_text(description.extent.bounds),
                                     std::to_string(description.zooms.lowest),
                                     std::to_string(description.zooms.highest)})
        add(value);
    for (const auto* pairs : {&description.facts, &words}) {
        for (const auto& [name, value] : *pairs) {
            add(name);
            add(value);
        }
    }
    return fingerprint(text);
}

Result<void> check_style_of_raster(const ExportOptions& options) {
    if (options.style.empty() || options.style == "default") return {};
    return bad_request("style \"" + options.style +
                       R"(" does not exist for this layer; it has "default")");
}

archive::Existing existing_of(const ExportOptions& options) noexcept {
    if (options.resume) return archive::Existing::resume;
    return options.overwrite ? archive::Existing::overwrite : archive::Existing::refuse;
}

unsigned threads_of(const workspace::Configuration& configuration) {
    return configuration.workers > 0 ? configuration.workers
                                     : std::max(1U, std::thread::hardware_concurrency());
}

/// What chooses and shapes features, as one list.
service::FeatureWords words_of_features(const ExportOptions& options) {
    service::FeatureWords words;
    if (!options.view.time.empty()) words.emplace_back("time", options.view.time);
    if (!options.filter.empty()) words.emplace_back("filter", options.filter);
    return words;
}

/// None: vector tiles. Errors: bad_request naming the formats.
Result<std::optional<encode::ImageFormat>> format_of_features(const ExportOptions& options) {
    using Format = std::optional<encode::ImageFormat>;
    for (const char* const tiles : {"", "mvt", "pbf", "auto"})
        if (options.format == tiles) return Format();
    const auto format = encode::parse_image_format(options.format);
    if (format) return Format(*format);
    return bad_request("format \"" + options.format +
                       "\" is not known; of features it is mvt, or png, webp or jpg for pictures");
}

Result<void> check_words_of_features(const ExportOptions& options, bool pictures) {
    const auto& words = options.words.words;
    if (!words.empty()) return bad_request("--" + words.front().first + " is for rasters");
    if (options.effort != "fast") return bad_request("--effort is for rasters");
    if (pictures && !options.fields.empty())
        return bad_request("--fields is for vector tiles; leave it or --format out");
    if (!pictures && !options.style.empty() && options.style != "default")
        return bad_request("--style draws pictures: say --format png, webp or jpg too");
    return {};
}

/// The version of the style is part of the order: half an export in other colours is not resumed.
Result<PictureExport> pictures_of(const Context& context,
                                  const workspace::Configuration& configuration,
                                  const Layer& layer,
                                  const PictureWish& asked) {
    PictureExport pictures;
    pictures.drawing =
        std::make_shared<FeaturePictures>(context, configuration, layer, threads_of(configuration));
    auto wish = pictures.drawing->wish(asked);
    if (!wish) return wish.error();
    pictures.wish = std::move(*wish);
    return pictures;
}

void describe_vector_tiles(const ExportOptions& options, const Layer& layer, ExportPlan& plan) {
    const bool in_folder = *archive::package_kind(options.output) == archive::PackageKind::folder;
    plan.features->packed = !in_folder;
    if (!options.fields.empty()) plan.features->fields = options.fields;
    const archive::ZoomRange& zooms = plan.description.zooms;
    plan.description.extension = "pbf";
    plan.description.vector_layers =
        "[" + route::vector_layer_of(layer, {zooms.lowest, zooms.highest}, {}).dump() + "]";
}

Result<ExportPlan> plan_of_features(const Context& context,
                                    const workspace::Configuration& configuration,
                                    const ExportOptions& options,
                                    const Layer& layer) {
    const auto format = format_of_features(options);
    if (!format) return format.error();
    if (auto good = check_words_of_features(options, format->has_value()); !good)
        return good.error();
    auto words = words_of_features(options);
    auto chosen = service::choose_features(layer, words, present_moment());
    if (!chosen) return chosen.error();
    if (!*chosen)
        return not_found("layer \"" + options.id + "\" has nothing of time " + options.view.time);
    const Observation& observation = *(*chosen)->observation;
    const auto place = export_place(options.box, options.zooms, observation);
    if (!place) return place.error();
    const archive::TileArea area{place->box, observation.bounds(), place->zooms};
    if (auto fits = check_area(area, place->zooms, configuration.limit_export_tiles); !fits)
        return fits.error();
    ExportPlan plan{.observation = observation,
                    .scenes = {},
                    .style = {},
                    .format = {},
                    .encoding = {},
                    .area = area,
                    .package = {options.output, existing_of(options)},
                    .description = description_of(layer, {&observation, {}}, *place)};
    plan.threads = threads_of(configuration);
    if (*format) {
        auto pictures =
            pictures_of(context, configuration, layer, {options.style, **format, words});
        if (!pictures) return pictures.error();
        plan.pictures = std::move(*pictures);
        plan.description.extension = extension_of(**format);
        words.emplace_back("style", plan.pictures->wish.style->version);
    } else {
        plan.features = {layer.name.text(), std::move((*chosen)->choice), {}, false};
        describe_vector_tiles(options, layer, plan);
    }
    for (const std::string& field : options.fields) words.emplace_back("field", field);
    plan.description.order = order_text(options, words, plan.description);
    return plan;
}

}  // namespace

Result<ExportPlan> plan_export(const Context& context, const ExportOptions& options) {
    const auto configuration = configuration_of(context);
    if (!configuration) return configuration.error();
    if (const auto kind = archive::package_kind(options.output); !kind) return kind.error();
    auto layer = stored_layer(context, options.id);
    if (!layer) return layer.error();
    if (auto fresh = refresh(*layer, *configuration); !fresh) return fresh.error();
    if (layer->is_vector()) return plan_of_features(context, *configuration, options, *layer);
    if (auto good = check_style_of_raster(options); !good) return good.error();
    if (!options.filter.empty() || !options.fields.empty())
        return bad_request("--filter and --fields are for features; layer \"" + options.id +
                           "\" is a raster");
    const auto view = view_of(*layer, options.view);
    if (!view) return view.error();
    const Observation& observation = *view->observation;
    const Pick pick = view->scenes.pick;
    const style::RasterWords asked{options.words.words, expression_limits(*configuration)};
    const style::RasterWords words = service::drawing_words(*layer, asked, pick);
    const auto style = style::style_of(words, pipeline::described(observation, pick));
    if (!style) return style.error();
    const auto format = format_of(options, *style);
    if (!format) return format.error();
    const auto place = export_place(options.box, options.zooms, observation);
    if (!place) return place.error();

    ExportPlan plan{.observation = observation,
                    .scenes = view->scenes,
                    .style = *style,
                    .format = *format,
                    .encoding = {},
                    .area = {place->box, observation.raster().bounds, place->zooms},
                    .package = {options.output, existing_of(options)},
                    .description = description_of(*layer, *view, *place)};
    if (auto fits = check_area(plan.area, place->zooms, configuration->limit_export_tiles); !fits)
        return fits.error();
    if (options.effort == "small") plan.encoding = encode::thorough_options();
    plan.description.extension = extension_of(*format);
    plan.description.order = order_text(options, words.words, plan.description);
    plan.threads = threads_of(*configuration);
    plan.block_bytes = configuration->memory / 2;
    return plan;
}

}  // namespace relief::command
