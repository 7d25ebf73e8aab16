#include "tiler/report/draft_maker.hpp"

#include "tiler/report/degrees.hpp"
#include "tiler/report/text.hpp"
#include "tiler/report/when.hpp"
#include "tiler/report/words.hpp"

#include <algorithm>
#include <chrono>
#include <utility>
#include <xxhash.h>

namespace relief::report {
namespace {

constexpr std::size_t longest_id = 200;      // bytes of a record's name
constexpr std::size_t longest_rights = 500;  // bytes of a licence or attribution

bool is_kept(Field field) {
    return field != Field::contact && field != Field::contact_id && field != Field::private_;
}

/// "18.5 -72.3 12 4.5" of ODK, or "18.5, -72.3" of people.
Result<Place> parse_geopoint(std::string_view text) {
    text = trimmed(text);
    const auto blank = text.find_first_of(" ,");
    if (blank == std::string_view::npos)
        return bad_request("\"" + shown(text) + "\" is no latitude and longitude");
    const auto latitude = text.substr(0, blank);
    const auto end = std::min(text.find_first_not_of(" ,", blank), text.size());
    const bool by_comma = text.substr(blank, end - blank).find(',') != std::string_view::npos;
    const auto rest = text.substr(end);
    const auto more = rest.find_first_of(by_comma ? " ," : " ");
    // "18,5 -72,3": the comma may stand for the point.
    if (by_comma && more != std::string_view::npos && latitude.find('.') == std::string_view::npos)
        return bad_request("\"" + shown(text) +
                           "\" may be read as several places; write it as 18.5 -72.3");
    return parse_place(rest.substr(0, more), latitude);
}

/// All of the calendar month, UTC, that the instant lies in.
InstantRange month_around(Instant instant) {
    using namespace std::chrono;
    const sys_days date = floor<days>(sys_time<milliseconds>(milliseconds(instant.milliseconds)));
    const year_month_day day(date);
    const sys_days first = day.year() / day.month() / 1;
    const sys_days next = (day.year() / day.month() + months(1)) / 1;
    return {{milliseconds(first.time_since_epoch()).count()},
            {milliseconds(next.time_since_epoch()).count() - 1}};
}

/// ACLED's codebook: 1 the day, 2 a day in the week, 3 a day in the month.
InstantRange widened(const InstantRange& time, std::string_view precision) {
    constexpr std::int64_t three_days = std::int64_t{3} * 24 * 3600 * 1000;
    if (precision == "2")
        return {{time.first.milliseconds - three_days}, {time.last.milliseconds + three_days}};
    return precision == "3" ? month_around(time.first) : time;
}

/// UCDP GED's codebook.
std::string_view kind_of_violence(std::string_view code) {
    if (code == "1") return "state-based conflict";
    if (code == "2") return "non-state conflict";
    return code == "3" ? "one-sided violence" : code;
}

/// The first of a list, as Ushahidi joins them: "Road blocked, Shelter".
std::string_view first_of_list(std::string_view list) {
    return trimmed(list.substr(0, list.find(", ")));
}

}  // namespace

void DraftMaker::put(const FieldUse& use, std::string_view name, std::string_view value) {
    value = trimmed(value);
    if (value.empty() || use.field == Field::private_) return;
    if (use.field == Field::other) return properties_.put_text(name, value);
    Part& kept = part(use.field);
    if (kept.there && kept.rank <= use.rank) {
        if (is_kept(use.field)) properties_.put_text(name, value);
        return;
    }
    if (kept.there) keep_part(use.field);
    kept.name = name;
    kept.value = value;
    kept.rank = use.rank;
    kept.there = true;
}

// NOLINTNEXTLINE(bugprone-easily-swappable-parameters): as they are always told
void DraftMaker::put_rights(std::string_view licence, std::string_view attribution) {
    licence_ = clean_text(licence, longest_rights).text;
    attribution_ = clean_text(attribution, longest_rights).text;
}

void DraftMaker::keep_part(Field field) {
    if (is_kept(field)) properties_.put_text(part(field).name, part(field).value);
}

std::string DraftMaker::take(Field field, std::size_t most) {
    auto clean = clean_text(value(field), most);
    cut_ = cut_ || clean.cut;
    return std::move(clean.text);
}

Result<Place> DraftMaker::place() {
    if (place_) return *place_;
    if (part(Field::longitude).there || part(Field::latitude).there || !part(Field::geopoint).there)
        return parse_place(value(Field::longitude), value(Field::latitude));
    return parse_geopoint(value(Field::geopoint));
}

std::optional<InstantRange> DraftMaker::time() {
    if (time_) return time_;
    const auto begin = parse_when(value(Field::time), wish_.day_order);
    if (begin.unclear) ++reading_.unclear_times;
    if (!begin.time) {
        if (part(Field::time).there) keep_part(Field::time);
        if (part(Field::time_end).there) keep_part(Field::time_end);
        return std::nullopt;
    }
    InstantRange range = widened(*begin.time, value(Field::time_precision));
    const auto end = parse_when(value(Field::time_end), wish_.day_order).time;
    if (end && end->last >= range.first) range.last = end->last;
    return range;
}

/// Words that are not known stay as further properties.
void DraftMaker::put_words(Draft& draft) {
    const auto severity = severity_of(value(Field::severity));
    if (severity)
        draft.severity = *severity;
    else if (part(Field::severity).there)
        keep_part(Field::severity);

    const auto status = status_of(reading_.format, value(Field::status));
    if (status)
        draft.status = status->status;
    else if (part(Field::status).there)
        keep_part(Field::status);
    if (!draft.status && collection_of(reading_.format).is_curated) draft.status = Status::verified;

    const auto precision = precision_of(reading_.format, value(Field::precision));
    if (precision)
        draft.precision = *precision;
    else if (part(Field::precision).there)
        keep_part(Field::precision);

    draft.sensitivity = parse_sensitivity(lower_case(value(Field::sensitivity)));
    if (!draft.sensitivity && part(Field::sensitivity).there) keep_part(Field::sensitivity);
}

void DraftMaker::put_contact(Draft& draft) {
    if (!wish_.contact_hash) return;
    const bool own = part(Field::contact).there;
    if (!own && !part(Field::contact_id).there) return;
    // The same number from two collections is one source; the same row number is not.
    draft.contact =
        wish_.contact_hash(own ? contact_text(value(Field::contact))
                               : draft.origin + ' ' + contact_text(value(Field::contact_id)));
}

/// The same content is the same report when the file is read again; twice in one file it is two.
std::string DraftMaker::name_by_content(const Draft& draft) {
    std::string all = draft.title + '\0' + draft.description + '\0' + draft.category + '\0' +
                      draft.properties + '\0' + (draft.time ? to_text(*draft.time) : "") + '\0' +
                      std::to_string(draft.place.longitude) + ' ' +
                      std::to_string(draft.place.latitude);
    const std::uint64_t hash = XXH3_64bits(all.data(), all.size());
    const std::uint32_t before = seen_[hash]++;
    std::string name = "content-" + std::to_string(hash);
    return before == 0 ? name : name + '-' + std::to_string(before + 1);
}

void DraftMaker::put_source(Draft& draft) {
    const Collection& known = collection_of(reading_.format);
    draft.licence = !licence_.empty() ? licence_ : std::string(known.licence);
    draft.attribution = !attribution_.empty() ? attribution_ : std::string(known.attribution);
    draft.origin = wish_.origin           ? *wish_.origin
                   : !origin_.empty()     ? origin_
                   : known.origin.empty() ? wish_.file_origin
                                          : std::string(known.origin);
    draft.origin_id = clean_text(value(Field::id), longest_id).text;
}

Result<Draft> DraftMaker::finish() {
    const auto at = place();
    if (!at) {
        auto reason = at.error();
        begin_anew();
        return reason;
    }
    Draft draft;
    draft.place = *at;
    draft.title = take(Field::title, Bounds::title);
    draft.description = take(Field::description, Bounds::description);
    std::string_view category = value(Field::category);
    if (reading_.format == Format::ucdp) category = kind_of_violence(category);
    if (reading_.format == Format::ushahidi && first_of_list(category) != category) {
        keep_part(Field::category);
        category = first_of_list(category);
    }
    draft.category = clean_text(category, Bounds::category).text;
    if (part(Field::place_name).there && !draft.title.empty())
        draft.title =
            clean_text(draft.title + ", " + std::string(value(Field::place_name)), Bounds::title)
                .text;
    draft.time = time();
    put_words(draft);
    put_source(draft);
    put_contact(draft);
    if (cut_ || properties_.was_cut()) ++reading_.shortened;
    draft.properties = properties_.take();
    if (draft.origin_id.empty()) draft.origin_id = name_by_content(draft);
    begin_anew();
    return draft;
}

void DraftMaker::begin_anew() {
    for (Part& each : parts_) {
        each.there = false;
        each.value.clear();
    }
    static_cast<void>(properties_.take());
    place_.reset();
    time_.reset();
    origin_.clear();
    licence_.clear();
    attribution_.clear();
    cut_ = false;
}

}  // namespace relief::report
