#include "tiler/report/report_writer.hpp"

#include "tiler/report/csv_rows.hpp"
#include "tiler/report/kml_geometry.hpp"
#include "tiler/report/number_text.hpp"
#include "tiler/report/public_view.hpp"
#include "tiler/report/xml_text.hpp"

#include <nlohmann/json.hpp>

#include <array>
#include <string_view>

namespace relief::report {
namespace {

using Document = nlohmann::ordered_json;

/// Everyone is shown minutes (privacy.md, 1).
std::optional<InstantRange> told_time(const Report& report, Detail detail) {
    if (!report.said.time || detail == Detail::exact) return report.said.time;
    const auto minute_of = [](Instant moment) { return rounded(moment, TimeStep::minute).first; };
    const Instant last = report.said.time->last;
    const Instant after{last.milliseconds + 1};
    // Of a day, or of a minute, the end tells no more.
    return InstantRange{minute_of(report.said.time->first),
                        minute_of(after) == after ? last : minute_of(last)};
}

std::string time_text(const Report& report, Detail detail) {
    const auto time = told_time(report, detail);
    return time ? to_text(*time) : std::string();
}

struct Column {
    const char* name;
    const char* tag;
    bool text;   ///< free: may look like a formula
    bool exact;  ///< only written with Detail::exact
    std::string (*value)(const Report& report, Detail detail);
};

constexpr std::array<Column, 20> columns{{
    {"id", "#meta+id", false, false, [](const Report& report, Detail) { return report.id; }},
    {"title",
     "#event+name",
     true,
     false,
     [](const Report& report, Detail) { return report.said.title; }},
    {"description",
     "#description",
     true,
     false,
     [](const Report& report, Detail) { return report.said.description; }},
    {"category",
     "#event+type",
     true,
     false,
     [](const Report& report, Detail) { return report.said.category; }},
    {"severity",
     "#severity",
     false,
     false,
     [](const Report& report, Detail) {
         return std::string(name_of(severity_names, report.said.severity));
     }},
    {"status",
     "#status",
     false,
     false,
     [](const Report& report, Detail) {
         return std::string(name_of(status_names, report.status));
     }},
    {"time", "#date+occurred", false, false, time_text},
    {"latitude",
     "#geo+lat",
     false,
     false,
     [](const Report& report, Detail) { return number_text(report.said.place.latitude); }},
    {"longitude",
     "#geo+lon",
     false,
     false,
     [](const Report& report, Detail) { return number_text(report.said.place.longitude); }},
    {"precision",
     "#geo+precision",
     false,
     false,
     [](const Report& report, Detail) {
         return std::string(name_of(precision_names, report.said.precision));
     }},
    {"licence",
     "#meta+licence",
     true,
     false,
     [](const Report& report, Detail) { return report.said.licence; }},
    {"attribution",
     "#meta+source",
     true,
     false,
     [](const Report& report, Detail) { return report.said.attribution; }},
    {"sensitivity",
     "#meta+sensitivity",
     false,
     true,
     [](const Report& report, Detail) { return std::string(to_text(report.level)); }},
    {"origin",
     "#meta+origin",
     true,
     true,
     [](const Report& report, Detail) { return report.said.origin; }},
    {"origin_id",
     "#meta+origin+id",
     true,
     true,
     [](const Report& report, Detail) { return report.said.origin_id; }},
    {"received",
     "#date+received",
     false,
     true,
     [](const Report& report, Detail) { return to_text(report.received); }},
    {"changed",
     "#date+changed",
     false,
     true,
     [](const Report& report, Detail) { return to_text(report.changed); }},
    {"duplicate_of",
     "#meta+duplicate",
     false,
     true,
     [](const Report& report, Detail) { return report.duplicate_of; }},
    {"confidence",
     "#meta+confidence",
     false,
     true,
     [](const Report& report, Detail) { return report.confidence; }},
    {"properties",
     "#meta+properties",
     true,
     true,
     [](const Report& report, Detail) { return report.said.properties; }},
}};

class GeoJsonWriter : public ReportWriter {
public:
    explicit GeoJsonWriter(Detail detail) : detail_(detail) {}

    std::string begin() override {
        return R"({"type":"FeatureCollection","relief":{"reports":1,"view":")" +
               std::string(name_of(detail_names, detail_)) + R"("},"features":[)";
    }
    std::string write(const Report& report) override {
        Document properties = Document::object();
        for (const auto& column : columns) {
            const std::string_view name = column.name;
            if ((column.exact && detail_ == Detail::open) || name == "id" || name == "latitude" ||
                name == "longitude" || name == "properties")
                continue;
            auto value = column.value(report, detail_);
            if (!value.empty()) properties[column.name] = std::move(value);
        }
        if (detail_ == Detail::exact)
            properties["properties"] = Document::parse(report.said.properties, nullptr, false);
        const Document feature{
            {"type", "Feature"},
            {"id", report.id},
            {"geometry",
             {{"type", "Point"},
              {"coordinates", {report.said.place.longitude, report.said.place.latitude}}}},
            {"properties", std::move(properties)}};
        return (first_ ? (first_ = false, "\n") : ",\n") +
               feature.dump(-1, ' ', false, Document::error_handler_t::replace);
    }
    std::string end() override { return "\n]}\n"; }

private:
    Detail detail_;
    bool first_ = true;
};

std::string cell_of(const std::string& value, bool text) {
    std::string safe = text && is_formula(value) ? '\'' + value : value;
    if (safe.find_first_of(",\"\r\n") == std::string::npos) return safe;
    std::string quoted = "\"";
    for (const char c : safe) {
        if (c == '"') quoted += '"';
        quoted += c;
    }
    return quoted + '"';
}

class CsvWriter : public ReportWriter {
public:
    explicit CsvWriter(Detail detail) : detail_(detail) {}

    std::string begin() override {
        return row([](const Column& column) { return std::string(column.name); }) +
               row([](const Column& column) { return std::string(column.tag); });
    }
    std::string write(const Report& report) override {
        return row([&](const Column& column) {
            return cell_of(column.value(report, detail_), column.text);
        });
    }
    std::string end() override { return {}; }

private:
    template <typename Cell>
    std::string row(Cell cell) const {
        std::string line;
        for (const auto& column : columns) {
            if (column.exact && detail_ == Detail::open) continue;
            if (!line.empty()) line += ',';
            line += cell(column);
        }
        return line + "\r\n";
    }
    Detail detail_;
};

class KmlWriter : public ReportWriter {
public:
    explicit KmlWriter(Detail detail) : detail_(detail) {}

    std::string begin() override {
        return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
               "<kml xmlns=\"http://www.opengis.net/kml/2.2\"><Document><name>Reports</name>\n";
    }
    std::string write(const Report& report) override {
        std::string mark = "<Placemark>" + xml_element("name", report.said.title) +
                           xml_element("description", report.said.description);
        if (const auto time = told_time(report, detail_))
            mark += "<TimeSpan>" + xml_element("begin", to_text(time->first)) +
                    xml_element("end", to_text(time->last)) + "</TimeSpan>";
        mark += "<ExtendedData>";
        for (const auto& column : columns) {
            const std::string_view name = column.name;
            if ((column.exact && detail_ == Detail::open) || name == "title" ||
                name == "description" || name == "latitude" || name == "longitude")
                continue;
            const auto value = xml_element("value", column.value(report, detail_));
            if (!value.empty())
                mark += "<Data name=\"" + std::string(name) + "\">" + value + "</Data>";
        }
        return mark + "</ExtendedData>" + kml_geometry(report.said) + "</Placemark>\n";
    }
    std::string end() override { return "</Document></kml>\n"; }

private:
    Detail detail_;
};

}  // namespace

std::unique_ptr<ReportWriter> geojson_writer(Detail detail) {
    return std::make_unique<GeoJsonWriter>(detail);
}

std::unique_ptr<ReportWriter> csv_writer(Detail detail) {
    return std::make_unique<CsvWriter>(detail);
}

std::unique_ptr<ReportWriter> kml_writer(Detail detail) {
    return std::make_unique<KmlWriter>(detail);
}

std::vector<std::string> column_names(Detail detail) {
    std::vector<std::string> names;
    for (const auto& column : columns) {
        if (!column.exact || detail == Detail::exact) names.emplace_back(column.name);
    }
    return names;
}

std::vector<std::string> column_values(const Report& report, Detail detail) {
    std::vector<std::string> values;
    for (const auto& column : columns) {
        if (!column.exact || detail == Detail::exact)
            values.push_back(column.value(report, detail));
    }
    return values;
}

}  // namespace relief::report
