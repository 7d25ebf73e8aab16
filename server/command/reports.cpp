// relief reports

#include "server/command/reports_export.hpp"
#include "server/command/reports_import.hpp"
#include "server/command/verbs.hpp"

#include <CLI/CLI.hpp>

#include <memory>

namespace relief::command {
namespace {

void add_reports_import(CLI::App& verb, Context& context) {
    auto* import = verb.add_subcommand(
        "import",
        "Bring reports in: a table, GeoJSON, what survey tools give, or alerts\n\n"
        "Columns are known by their headers and HXL tags, whatever their order. Rows that cannot "
        "be taken are named and cost nothing but themselves. The same file again changes what "
        "changed and stores nothing twice.\n\n"
        "Examples:\n"
        "  relief reports import posts.csv --format ushahidi\n"
        "  relief reports import survey.csv --origin shelters --sensitivity high --rejects "
        "bad.csv\n"
        "  relief reports import ged231.csv --json\n"
        "  relief reports import warning.cap");
    const auto options = std::make_shared<ImportOptions>();
    import->add_option("file", options->file, "CSV, JSON or XML")->required();
    import->add_option("--format",
                       options->format,
                       "auto, ushahidi, kobo, odk, cap, georss, acled, ucdp, hxl, geojson or csv "
                       "[auto: as the content shows]");
    import->add_option("--sensitivity",
                       options->sensitivity,
                       "at least low, moderate, high or severe [reports.sensitivity]");
    import->add_option("--origin",
                       options->origin,
                       "name of the collection: its rows keep their names there [by format]");
    import->add_option("--licence", options->licence, "of the collection");
    import->add_option("--attribution", options->attribution, "who is to be named");
    import->add_option("--encoding",
                       options->encoding,
                       "utf-8, utf-16le, utf-16be, windows-1252 or windows-1256 [as the file "
                       "shows]");
    import->add_option(
        "--dates", options->dates, "dmy or mdy: what 05/07/2010 means [as the file shows]");
    import->add_option("--rejects", options->rejects, "a CSV of rows and reasons [the first ten]");
    import->add_flag("--resume", options->resume, "go on where the last one was stopped");
    import->add_flag("--json", options->json, "the counts as JSON");
    import->callback([&context, options] {
        context.run = [&context, options] { return import_reports(context, *options);
};
}  // namespace
);
}  // namespace relief::command

void add_reports_export(CLI::App& verb, Context& context) {
    auto* out = verb.add_subcommand(
        "export",
        "Write reports out\n\n"
        "The open view has what everyone may see one by one: reports of level low that are shown. "
        "The exact view has all of them with every property but whom they are from; it is noted "
        "in the audit log.\n\n"
        "Examples:\n"
        "  relief reports export -o reports.geojson\n"
        "  relief reports export -o reports.csv --bbox 35,33,36,34 --since 2024-05-01\n"
        "  relief reports export -o all.gpkg --view exact");
    const auto options = std::make_shared<ReportExportOptions>();
    out->add_option("--format",
                    options->format,
                    "geojson, csv, kml, gpkg or cap [by the file's name, else geojson]");
    out->add_option("-o,--output", options->output, "the file [standard output]");
    out->add_option("--bbox", options->bbox, "WEST,SOUTH,EAST,NORTH in degrees");
    out->add_option("--since", options->since, "not before this time");
    out->add_option("--until", options->until, "not after this time");
    out->add_option("--category", options->categories, "of these, divided by commas")
        ->delimiter(',');
    out->add_option("--view", options->view, "open or exact [open]");
    out->callback([&context, options] {
        context.run = [&context, options] { return export_reports(context, *options); };
    });
}

}  // namespace

void add_reports(CLI::App& app, Context& context) {
    auto* verb = app.add_subcommand("reports",
                                    "Reports of people and events: in from other tools, and out\n\n"
                                    "Examples:\n"
                                    "  relief reports import posts.csv\n"
                                    "  relief reports export -o reports.geojson");
    verb->require_subcommand(1);
    add_reports_import(*verb, context);
    add_reports_export(*verb, context);
}

}  // namespace relief::command
