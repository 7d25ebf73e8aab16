#include "server/command/reports_import.hpp"

#include "server/command/audited.hpp"
#include "server/command/import_book.hpp"
#include "server/command/import_work.hpp"
#include "server/command/progress.hpp"
#include "server/intake/source_hash.hpp"
#include "tiler/report/reading.hpp"
#include "tiler/vector/mapped_file.hpp"

#include <nlohmann/json.hpp>

#include <chrono>
#include <filesystem>
#include <memory>

namespace relief::command {
namespace {

namespace fs = std::filesystem;

template <std::size_t count>
std::string list_of(const EnumNames<count>& names) {
    std::string text;
    for (const auto& name : names) (text += text.empty() ? "" : ", ") += name;
    return text;
}

/// A word of a list; nothing for an empty one. Errors: bad_request with the list.
template <typename Value, std::size_t count>
Result<std::optional<Value>> choice(const char* option,
                                    const std::string& word,
                                    const EnumNames<count>& names) {
    if (word.empty()) return std::optional<Value>();
    const auto found = find_name<Value>(names, word);
    if (found) return std::optional<Value>(*found);
    return bad_request(std::string(option) + " \"" + word + "\" is none; there are " +
                       list_of(names));
}

/// "Haiti 2010.csv" → "haiti 2010".
std::string file_origin(const fs::path& file) {
    std::string name = file.stem().string();
    for (char& c : name) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    return name;
}

Result<report::ReadingWish> wish_of(const ImportOptions& options) {
    report::ReadingWish wish;
    const std::string format = options.format == "auto" ? "" : options.format;
    const auto known = choice<report::Format>("--format", format, report::format_names);
    if (!known) return known.error();
    const auto encoding =
        choice<report::Encoding>("--encoding", options.encoding, report::encoding_names);
    if (!encoding) return encoding.error();
    const auto dates = choice<report::DayOrder>("--dates", options.dates, report::day_order_names);
    if (!dates) return dates.error();
    wish.format = *known;
    wish.encoding = *encoding;
    wish.day_order = *dates;
    if (!options.origin.empty()) wish.origin = options.origin;
    wish.file_origin = file_origin(options.file);
    wish.now = present_moment();
    return wish;
}

/// All that decides what a record becomes.
std::string options_text(const ImportOptions& options) {
    std::string text;
    for (const auto* word : {&options.format,
                             &options.encoding,
                             &options.dates,
                             &options.sensitivity,
                             &options.origin,
                             &options.licence,
                             &options.attribution})
        text += *word + '\n';
    return text;
}

struct Outcome {
    report::Reading reading;
    ImportCounts counts;
    bool stopped = false;
    std::chrono::milliseconds time{};
};

/// One pass over the file; the first thing that goes wrong ends it.
class Import {
public:
    Import(ImportWork& work, RejectList& rejects, const ImportBook& book, std::string subject)
        : work_(work), rejects_(rejects), book_(book), progress_(std::move(subject)) {}

    Result<Outcome> run(std::string_view bytes, const report::ReadingWish& wish) {
        const auto begun = std::chrono::steady_clock::now();
        const auto reading = report::read_reports(
            bytes, wish, [this](report::Found found) { return take(std::move(found)); });
        if (problem_) return *problem_;
        if (!reading) return reading.error();
        if (auto done = flush(); !done) return done.error();
        if (!stopped_) book_.close();
        const auto time = std::chrono::steady_clock::now() - begun;
        return Outcome{*reading,
                       work_.counts(),
                       stopped_,
                       std::chrono::duration_cast<std::chrono::milliseconds>(time)};
    }

private:
    bool take(report::Found found) {
        const double share = found.share;
        if (auto done = work_.take(std::move(found), rejects_); !done) return fail_with(done);
        if (work_.has_full_batch()) {
            if (auto done = flush(); !done) return fail_with(done);
            if (!progress_.show(share)) stopped_ = true;
        }
        return !stopped_;
    }
    bool fail_with(const Result<void>& done) {
        problem_ = done.error();
        return false;
    }
    Result<void> flush() {
        if (auto done = work_.flush(); !done) return done;
        if (!rejects_.flush()) return bad_request("the file for rejects takes no more");
        return book_.note(work_.counts());
    }

    ImportWork& work_;
    RejectList& rejects_;
    const ImportBook& book_;
    Progress progress_;
    bool stopped_ = false;
    std::optional<Error> problem_;
};

void tell_json(const Outcome& outcome) {
    const auto& [reading, counts, stopped, time] = outcome;
    const nlohmann::ordered_json document{
        {"format", relief::name_of(report::format_names, reading.format)},
        {"encoding",
         reading.encoding
             ? nlohmann::ordered_json(relief::name_of(report::encoding_names, *reading.encoding))
             : nlohmann::ordered_json(nullptr)},
        {"read", counts.read},
        {"stored", counts.stored},
        {"updated", counts.updated},
        {"unchanged", counts.unchanged},
        {"erased", counts.erased},
        {"rejected", counts.rejected},
        {"alerts", counts.alerts},
        {"shortened", reading.shortened},
        {"unclear_times", reading.unclear_times},
        {"complete", !stopped},
        {"milliseconds", time.count()}};
    std::cout << document.dump() << '\n';
}

void tell_words(const ImportOptions& options, const Outcome& outcome) {
    const auto& [reading, counts, stopped, time] = outcome;
    std::cout << options.file << " (" << relief::name_of(report::format_names, reading.format);
    if (reading.encoding)
        std::cout << ", " << relief::name_of(report::encoding_names, *reading.encoding);
    std::cout << "): " << counts.stored << " new, " << counts.updated << " updated, "
              << counts.unchanged << " unchanged, " << counts.rejected << " rejected";
    if (counts.erased > 0) std::cout << ", " << counts.erased << " left out: erased here before";
    if (counts.alerts > 0) std::cout << "; " << counts.alerts << " alerts kept";
    std::cout << "; " << in_words(std::chrono::duration_cast<std::chrono::seconds>(time)) << '\n';
}

void tell_rejects(const ImportOptions& options, const Outcome& outcome, const RejectList& rejects) {
    for (const auto& line : rejects.first()) std::cerr << line << '\n';
    const auto& [reading, counts, stopped, time] = outcome;
    if (options.rejects.empty() && counts.rejected > rejects.first().size())
        std::cerr << counts.rejected - rejects.first().size()
                  << " more were rejected; --rejects FILE names them all\n";
    if (reading.shortened > 0)
        std::cerr << reading.shortened
                  << " reports were longer than a report may be and were cut\n";
    if (reading.unclear_times > 0)
        std::cerr << reading.unclear_times
                  << " times such as 05/07/2010 may be two days and were left as text; --dates dmy "
                     "or --dates mdy says which\n";
    if (stopped) std::cerr << "stopped; --resume goes on from there\n";
}

Result<ImportRule> rule_of(const Context& context, const ImportOptions& options) {
    const auto configuration = configuration_of(context);
    if (!configuration) return configuration.error();
    ImportRule rule{.intake = {.level = configuration->reports_sensitivity},
                    .licence = options.licence,
                    .attribution = options.attribution,
                    .now = present_moment()};
    rule.intake.reporter_may_lower = options.sensitivity.empty();
    if (options.sensitivity.empty()) return rule;
    rule.floor = parse_sensitivity(options.sensitivity);
    if (!rule.floor)
        return bad_request("--sensitivity \"" + options.sensitivity +
                           "\" is none; levels are low, moderate, high and severe");
    rule.intake.level = *rule.floor;
    return rule;
}

Result<vector::MappedFile> open_input(const std::string& file) {
    std::error_code ignored;
    if (!fs::exists(file, ignored)) return bad_request("there is no such file");
    if (!fs::is_regular_file(file, ignored)) return bad_request("is no file");
    if (fs::file_size(file, ignored) == 0) return bad_request("it is empty");
    return vector::MappedFile::open(file);
}

Result<Outcome> run_import(const Context& context,
                           const ImportOptions& options,
                           RejectList& rejects) {
    auto wish = wish_of(options);
    if (!wish) return wish.error();
    auto rule = rule_of(context, options);
    if (!rule) return rule.error();
    const auto input = open_input(options.file);
    if (!input) return input.error();
    auto exact = exact::ExactStore::open(context.workspace);
    if (!exact) return exact.error();
    const auto key = intake::ensure_contact_key(context.workspace);
    if (!key) return key.error();
    wish->contact_hash = [&key](std::string_view contact) {
        return intake::contact_hash(contact, *key);
    };
    const auto book = ImportBook::of(context.workspace, options.file, options_text(options));
    if (!book) return book.error();
    ImportWork work(*exact, context.workspace, std::move(*rule));
    if (options.resume) work.begin_after(book->counts());
    const auto bytes = input->bytes();
    return Import(work, rejects, *book, options.file)
        .run({reinterpret_cast<const char*>(bytes.data()), bytes.size()}, *wish);
}

}  // namespace

int import_reports(const Context& context, const ImportOptions& options) {
    auto rejects = RejectList::open(options.rejects, options.resume);
    if (!rejects) return fail(rejects.error().what);
    const auto outcome = run_import(context, options, *rejects);
    if (!outcome) return fail(options.file, outcome.error());
    const auto& counts = outcome->counts;
    audit(context.workspace,
          {.action = "import",
           .layer = "reports",
           .level = parse_sensitivity(options.sensitivity),
           .count = static_cast<std::int64_t>(counts.stored + counts.updated)});
    if (options.json)
        tell_json(*outcome);
    else
        tell_words(options, *outcome);
    tell_rejects(options, *outcome, *rejects);
    const bool nothing =
        counts.rejected > 0 && counts.rejected == counts.read && counts.alerts == 0;
    return static_cast<int>(nothing || outcome->stopped ? Status::failed : Status::done);
}

}  // namespace relief::command
