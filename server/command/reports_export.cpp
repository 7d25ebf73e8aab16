#include "server/command/reports_export.hpp"

#include "server/command/audited.hpp"
#include "server/command/output_file.hpp"
#include "server/command/report_package.hpp"
#include "tiler/alert/alert_documents.hpp"
#include "tiler/archive/area_words.hpp"
#include "tiler/exact/exact_store.hpp"
#include "tiler/report/cap_alert.hpp"
#include "tiler/report/public_view.hpp"
#include "tiler/report/report_writer.hpp"

#include <filesystem>
#include <fstream>
#include <memory>

namespace relief::command {
namespace {

namespace fs = std::filesystem;

enum class ReportFormat : std::uint8_t { geojson, csv, kml, gpkg, cap };
constexpr EnumNames<5> report_formats{"geojson", "csv", "kml", "gpkg", "cap"};

struct ExportWish {
    ReportFormat format = ReportFormat::geojson;
    report::Detail detail = report::Detail::open;
    report::ReportFilter filter{};
    report::PrivacyLevels levels{};
    report::Moderation moderation = report::Moderation::before;
};

Result<ReportFormat> report_format(const ReportExportOptions& options) {
    std::string word = options.format;
    if (word.empty() && !options.output.empty()) {
        word = fs::path(options.output).extension().string();
        if (word.starts_with('.')) word.erase(0, 1);
    }
    if (word.empty()) return ReportFormat::geojson;
    if (word == "json") return ReportFormat::geojson;
    const auto found = find_name<ReportFormat>(report_formats, word);
    if (found) return *found;
    return bad_request("--format \"" + word + "\" is none; there are geojson, csv, kml, gpkg, cap");
}

Result<ExportWish> export_wish(const Context& context, const ReportExportOptions& options) {
    ExportWish wish;
    const auto format = report_format(options);
    if (!format) return format.error();
    wish.format = *format;
    const auto detail = find_name<report::Detail>(report::detail_names, options.view);
    if (!detail)
        return bad_request("--view \"" + options.view + "\" is none; there are open, exact");
    wish.detail = *detail;
    if (!options.bbox.empty()) {
        const auto box = archive::parse_box(options.bbox);
        if (!box) return box.error();
        wish.filter.box = *box;
    }
    wish.filter.categories = options.categories;
    for (const auto& [text, side] : {std::pair{&options.since, &wish.filter.since},
                                     std::pair{&options.until, &wish.filter.until}}) {
        if (text->empty()) continue;
        const auto time = parse_observed(*text);
        if (!time) return time.error();
        *side = side == &wish.filter.since ? time->first : time->last;
    }
    const auto configuration = configuration_of(context);
    if (!configuration) return configuration.error();
    const auto levels =
        report::read_privacy_levels(configuration->settings.at("privacy.levels").value);
    if (!levels) return levels.error();
    wish.levels = *levels;
    if (configuration->settings.at("reports.moderation").value == "after")
        wish.moderation = report::Moderation::after;
    return wish;
}

/// Where reports go, one after the other.
class Sink {
public:
    virtual ~Sink() = default;
    Sink() = default;
    Sink(const Sink&) = delete;
    Sink& operator=(const Sink&) = delete;
    Sink(Sink&&) = delete;
    Sink& operator=(Sink&&) = delete;
    virtual Result<void> write(const report::Report& report) = 0;
    virtual Result<void> finish() = 0;
};

class TextSink : public Sink {
public:
    TextSink(std::ostream& out, std::unique_ptr<report::ReportWriter> writer)
        : out_(out), writer_(std::move(writer)) {
        out_ << writer_->begin();
    }
    Result<void> write(const report::Report& report) override {
        out_ << writer_->write(report);
        return checked();
    }
    Result<void> finish() override {
        out_ << writer_->end() << std::flush;
        return checked();
    }

private:
    Result<void> checked() const {
        if (out_) return {};
        return bad_request("the output takes no more");
    }
    std::ostream& out_;
    std::unique_ptr<report::ReportWriter> writer_;
};

class PackageSink : public Sink {
public:
    explicit PackageSink(ReportPackage package) : package_(std::move(package)) {}
    Result<void> write(const report::Report& report) override { return package_.write(report); }
    Result<void> finish() override { return package_.finish(); }

private:
    ReportPackage package_;
};

/// CAP is one message of many infos, which is written at once.
class CapSink : public Sink {
public:
    explicit CapSink(std::ostream& out) : out_(out) {}
    Result<void> write(const report::Report& report) override {
        alerts_.push_back(report::alert_of(report));
        return {};
    }
    Result<void> finish() override {
        out_ << alert::cap_document(alerts_, {"relief", ""}) << std::flush;
        if (out_) return {};
        return bad_request("the output takes no more");
    }

private:
    std::ostream& out_;
    std::vector<report::Alert> alerts_;
};

Result<std::unique_ptr<Sink>> sink_for(const ExportWish& wish,
                                       const fs::path& file,
                                       std::ostream& out) {
    switch (wish.format) {
        case ReportFormat::geojson:
            return std::unique_ptr<Sink>(
                std::make_unique<TextSink>(out, report::geojson_writer(wish.detail)));
        case ReportFormat::csv:
            return std::unique_ptr<Sink>(
                std::make_unique<TextSink>(out, report::csv_writer(wish.detail)));
        case ReportFormat::kml:
            return std::unique_ptr<Sink>(
                std::make_unique<TextSink>(out, report::kml_writer(wish.detail)));
        case ReportFormat::cap: return std::unique_ptr<Sink>(std::make_unique<CapSink>(out));
        case ReportFormat::gpkg: break;
    }
    auto package = ReportPackage::make(file, wish.detail);
    if (!package) return package.error();
    return std::unique_ptr<Sink>(std::make_unique<PackageSink>(std::move(*package)));
}

struct Exported {
    std::int64_t written = 0;
    std::int64_t left_out = 0;     ///< not for everyone's eyes
    std::int64_t unconfirmed = 0;  ///< of a message of alerts: nobody stands behind them yet
};

/// One by one; what everyone sees only together with others is on the map, not in a list.
bool may_show(const ExportWish& wish, const report::Report& report) {
    return wish.detail == report::Detail::exact ||
           report::sight_of(wish.levels, report::View::open, report, wish.moderation) ==
               report::Sight::exact;
}

Result<void> write_one(const ExportWish& wish,
                       const report::Report& report,
                       Sink& sink,
                       Exported& exported) {
    if (!may_show(wish, report)) {
        ++exported.left_out;
        return {};
    }
    if (wish.format == ReportFormat::cap && report.status != report::Status::verified) {
        ++exported.unconfirmed;
        return {};
    }
    ++exported.written;
    return sink.write(report);
}

Result<Exported> write_all(const exact::ExactStore& store, const ExportWish& wish, Sink& sink) {
    Exported exported;
    exact::PageWish page{.filter = wish.filter, .limit = 1000};
    for (;;) {
        const auto reports = store.page(page);
        if (!reports) return reports.error();
        for (const auto& report : *reports)
            if (auto done = write_one(wish, report, sink, exported); !done) return done.error();
        if (reports->size() < page.limit) break;
        page.after = reports->back().id;
    }
    if (auto done = sink.finish(); !done) return done.error();
    return exported;
}

/// The file gets its name when it is whole; until then it has another beside it.
Result<Exported> write_file(const exact::ExactStore& store,
                            const ExportWish& wish,
                            const fs::path& file) {
    if (auto good = check_output(file.string()); !good) return good.error();
    fs::path aside = file;
    aside += ".part";
    std::error_code failure;
    fs::remove(aside, failure);
    std::ofstream out;
    if (wish.format != ReportFormat::gpkg) out.open(aside, std::ios::binary | std::ios::trunc);
    auto sink = sink_for(wish, aside, out);
    if (!sink) return sink.error();
    // Exact places are for their owner alone, also in a folder that others read.
    if (wish.detail == report::Detail::exact)
        fs::permissions(aside, fs::perms::owner_read | fs::perms::owner_write, failure);
    auto exported = write_all(store, wish, **sink);
    sink->reset();
    out.close();
    if (exported)
        fs::rename(aside, file, failure);
    else
        fs::remove(aside, failure);
    if (exported && failure) return bad_request("cannot be written: " + failure.message());
    return exported;
}

void tell(const ExportWish& wish, const Exported& exported) {
    std::cerr << exported.written << " reports";
    if (exported.left_out > 0)
        std::cerr << "; " << exported.left_out
                  << " left out that not everyone may see one by one (--view exact has them)";
    if (exported.unconfirmed > 0)
        std::cerr << "; " << exported.unconfirmed
                  << " left out that nobody has confirmed: an alert is what somebody stands behind";
    if (wish.detail == report::Detail::exact)
        std::cerr << "; exact places: keep this file as you keep the workspace";
    std::cerr << '\n';
}

}  // namespace

int export_reports(const Context& context, const ReportExportOptions& options) {
    const auto wish = export_wish(context, options);
    if (!wish) {
        fail(wish.error().what);
        return static_cast<int>(Status::usage);
    }
    const auto store = exact::ExactStore::open_existing(context.workspace);
    if (!store) return fail(context.workspace, store.error());
    if (options.output.empty() && wish->format == ReportFormat::gpkg)
        return fail("a GeoPackage is a file; name it with -o FILE.gpkg");
    Result<Exported> exported = Exported{};
    if (options.output.empty()) {
        const auto sink = sink_for(*wish, {}, std::cout);
        exported = write_all(*store, *wish, **sink);
    } else {
        exported = write_file(*store, *wish, options.output);
    }
    if (!exported)
        return fail(options.output.empty() ? "reports" : options.output, exported.error());
    audit(context.workspace,
          {.action = wish->detail == report::Detail::exact ? "view-exact" : "export",
           .layer = "reports",
           .count = exported->written});
    tell(*wish, *exported);
    return static_cast<int>(Status::done);
}

}  // namespace relief::command
