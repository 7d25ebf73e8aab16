#include "tiler/report/json_reports.hpp"

#include "tiler/report/draft_maker.hpp"
#include "tiler/report/json_record.hpp"
#include "tiler/report/json_scan.hpp"
#include "tiler/report/text.hpp"
#include "tiler/report/when.hpp"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

namespace relief::report {
namespace {

using Json = nlohmann::json;

/// Members whose array holds the records of an interface's answer.
constexpr std::array<std::string_view, 5> lists{
    "features", "results", "value", "data", "submissions"};

struct Envelope {
    std::string_view records;  ///< an array, or the text itself
    bool of_relief = false;
    bool of_features = false;
};

Envelope find_envelope(std::string_view text) {
    Envelope envelope{text};
    const auto members = members_of(text);
    for (const auto& [name, value] : members) {
        if (name == "relief")
            envelope.of_relief = value.find("\"reports\"") != std::string_view::npos;
        if (value.starts_with('[') && envelope.records.data() == text.data() &&
            std::find(lists.begin(), lists.end(), name) != lists.end()) {
            envelope.records = value;
            envelope.of_features = name == "features";
        }
    }
    return envelope;
}

enum class Shape : std::uint8_t { feature, relief, submission, post };

/// What the first record is; every other is taken for the same.
struct Kind {
    Shape shape = Shape::feature;
    Format format = Format::geojson;
};

std::vector<std::string> names_of(const Json& object) {
    std::vector<std::string> names;
    if (!object.is_object()) return names;
    for (const auto& [name, value] : object.items()) names.push_back(name);
    return names;
}

bool is_feature(const Json& record) {
    return record.is_object() && record.value("type", Json()) == "Feature";
}

Kind kind_of(const Json& record, const Envelope& envelope, const ReadingWish& wish) {
    if (is_feature(record)) {
        const auto inside = record.find("properties");
        const auto shown =
            inside == record.end() ? std::nullopt : format_shown_by(names_of(*inside));
        return {envelope.of_relief ? Shape::relief : Shape::feature,
                wish.format.value_or(shown.value_or(Format::geojson))};
    }
    const auto names = names_of(record);
    const bool post = record.contains("post_content") || record.contains("post_date") ||
                      (record.contains("id") && record.contains("geojson"));
    if (post && wish.format.value_or(Format::ushahidi) == Format::ushahidi)
        return {Shape::post, Format::ushahidi};
    return {Shape::submission,
            wish.format.value_or(format_shown_by(names).value_or(Format::geojson))};
}

/// Cheaper than parsing: a day with slashes stands in quotes. Each byte is looked at once, and few
/// before a slash once more: whole records of slashes come too.
std::optional<DayOrder> order_in(std::string_view element) {
    constexpr std::size_t longest_day = 64;
    for (auto at = element.find('/'); at != std::string_view::npos;) {
        const auto end = element.find('"', at);
        if (end == std::string_view::npos) break;
        const auto from = at - std::min(at, longest_day);
        const auto before = element.substr(from, at - from).rfind('"');
        if (before != std::string_view::npos) {
            const auto begin = from + before + 1;
            if (const auto order = order_shown_by(element.substr(begin, end - begin))) return order;
        }
        at = element.find('/', end + 1);
    }
    return std::nullopt;
}

/// What the records show of the order of day and month, where one of them does.
std::optional<DayOrder> find_day_order(std::string_view records) {
    constexpr int most = 20'000;
    JsonElements elements(records);
    for (int i = 0; i < most && elements.next() == JsonElements::Step::good; ++i)
        if (const auto order = order_in(elements.element())) return order;
    return std::nullopt;
}

class RecordReader {
public:
    RecordReader(const Envelope& envelope, const ReadingWish& wish, Reading& reading)
        : envelope_(envelope), wish_(wish), reading_(reading), maker_(wish, reading) {}

    RecordContent read(std::string_view text) {
        const Json record = Json::parse(text, nullptr, false);
        if (record.is_discarded()) return Reject{"it is not JSON, or not in UTF-8"};
        if (!record.is_object()) return Reject{"it is no JSON object"};
        if (!kind_) {
            kind_ = kind_of(record, envelope_, wish_);
            reading_.format = kind_->format;
        }
        put(record);
        auto draft = maker_.finish();
        if (!draft) return Reject{draft.error().what};
        return std::move(*draft);
    }

private:
    void put(const Json& record) {
        switch (kind_->shape) {
            case Shape::feature: return put_feature(record, kind_->format, maker_);
            case Shape::relief: return put_relief_feature(record, maker_);
            case Shape::submission: return put_submission(record, kind_->format, maker_);
            case Shape::post: return put_post(record, maker_);
        }
    }

    const Envelope& envelope_;
    const ReadingWish& wish_;
    Reading& reading_;
    DraftMaker maker_;
    std::optional<Kind> kind_;
};

Reject fault_of(JsonElements::Step step) {
    if (step == JsonElements::Step::too_large)
        return {"it is larger than 4 MB or nested deeper than 64"};
    return {"the JSON is broken here or ends in the middle; what follows is not read"};
}

}  // namespace

Result<void> read_json(std::string_view text,
                       const ReadingWish& wish,
                       Reading& reading,
                       const Finder& find) {
    const Envelope envelope = find_envelope(text);
    reading.format = wish.format.value_or(Format::geojson);
    ReadingWish settled = wish;
    if (!settled.day_order) settled.day_order = find_day_order(envelope.records);
    JsonElements elements(envelope.records);
    RecordReader reader(envelope, settled, reading);
    std::uint64_t row = 0;
    for (auto step = elements.next(); step != JsonElements::Step::end; step = elements.next()) {
        RecordContent what;
        if (step == JsonElements::Step::good)
            what = reader.read(elements.element());
        else
            what = fault_of(step);
        if (!find({++row, elements.share(), std::move(what), envelope.of_relief})) break;
    }
    return {};
}

}  // namespace relief::report
