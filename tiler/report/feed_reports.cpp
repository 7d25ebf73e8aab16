#include "tiler/report/feed_reports.hpp"

#include "tiler/report/cap_alert.hpp"
#include "tiler/report/draft_maker.hpp"
#include "tiler/report/gdacs_alert.hpp"
#include "tiler/report/xml_elements.hpp"

#include <utility>

namespace relief::report {
namespace {

bool is_record_name(std::string_view name) {
    return name == "alert" || name == "item" || name == "entry";
}

RecordContent warning_of(Result<Alert> alert, Instant now) {
    if (!alert) return Reject{alert.error().what};
    auto draft = report_of(*alert, now);
    return Warning{std::move(*alert), std::move(draft)};
}

class FeedReader {
public:
    FeedReader(const ReadingWish& wish, Reading& reading)
        : wish_(wish), reading_(reading), maker_(wish, reading) {}

    RecordContent read(const XmlElement& element) {
        // Some feeds carry whole CAP messages in the content of their entries.
        const XmlElement* const inside = element.child("content") != nullptr
                                             ? element.child("content")->child("alert")
                                             : nullptr;
        if (element.name == "alert") return cap(element);
        if (inside != nullptr) return cap(*inside);
        reading_.format = Format::georss;
        if (is_gdacs(element)) return warning_of(parse_gdacs(element), wish_.now);
        return plain(element);
    }

private:
    RecordContent cap(const XmlElement& element) {
        reading_.format = Format::cap;
        return warning_of(parse_cap(element), wish_.now);
    }

    /// An item of RSS 2.0 or an entry of Atom.
    RecordContent plain(const XmlElement& item) {
        maker_.put_place(place_of_item(item));
        for (const auto& [name, use] : {std::pair{"guid", FieldUse{Field::id, 1}},
                                        {"id", FieldUse{Field::id, 2}},
                                        {"title", FieldUse{Field::title, 1}},
                                        {"description", FieldUse{Field::description, 1}},
                                        {"summary", FieldUse{Field::description, 2}},
                                        {"category", FieldUse{Field::category, 1}},
                                        {"pubDate", FieldUse{Field::time, 1}},
                                        {"published", FieldUse{Field::time, 1}},
                                        {"date", FieldUse{Field::time, 2}},
                                        {"updated", FieldUse{Field::time, 3}},
                                        {"author", FieldUse{Field::contact, 1}},
                                        {"creator", FieldUse{Field::contact, 2}},
                                        {"link", FieldUse{}}})
            maker_.put(use, name, item.text_of(name));
        auto draft = maker_.finish();
        if (!draft) return Reject{draft.error().what};
        return std::move(*draft);
    }

    const ReadingWish& wish_;
    Reading& reading_;
    DraftMaker maker_;
};

}  // namespace

Result<void> read_feed(std::string_view xml,
                       const ReadingWish& wish,
                       Reading& reading,
                       const Finder& find) {
    FeedReader reader(wish, reading);
    std::uint64_t row = 0;
    bool stopped = false;
    const auto done =
        read_elements(xml, {is_record_name, [&](const XmlRecord& record) {
                                stopped = !find({++row, record.share, reader.read(record.element)});
                                return !stopped;
                            }});
    if (stopped) return {};
    // Records before the fault are good; that something is missing stands with them.
    if (!done && row > 0) {
        static_cast<void>(find({row + 1, 1, Reject{done.error().what}}));
        return {};
    }
    if (!done) return done.error();
    if (row == 0)
        return bad_request("the XML has no <alert> of CAP, no <item> of RSS, no <entry> of Atom");
    return {};
}

}  // namespace relief::report
