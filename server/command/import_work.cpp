#include "server/command/import_work.hpp"

#include "server/command/output_file.hpp"

#include <algorithm>
#include <utility>

namespace relief::command {
namespace {

constexpr auto owner_only =
    std::filesystem::perms::owner_read | std::filesystem::perms::owner_write;

std::string csv_cell(const std::string& text) {
    std::string cell = "\"";
    for (const char c : text) {
        if (c == '"') cell += '"';
        cell += c;
    }
    return cell + '"';
}

}  // namespace

Result<RejectList> RejectList::open(const std::string& file, bool go_on) {
    RejectList list;
    if (file.empty()) return list;
    if (auto good = check_output(file); !good) return good.error();
    std::error_code ignored;
    const bool more = go_on && std::filesystem::exists(file, ignored);
    list.stream_.emplace(file, more ? std::ios::app : std::ios::trunc);
    std::filesystem::permissions(file, owner_only, ignored);
    if (!more) *list.stream_ << "row,reason\n";
    if (!*list.stream_) return bad_request(file + " cannot be written");
    return list;
}

void RejectList::add(std::uint64_t row, const std::string& reason) {
    if (stream_)
        *stream_ << row << ',' << csv_cell(reason) << '\n';
    else if (first_.size() < most_kept)
        first_.push_back("row " + std::to_string(row) + ": " + reason);
}

bool RejectList::flush() {
    return !stream_ || stream_->flush().good();
}

void ImportWork::wait_for(report::Draft draft, std::optional<report::Alert> alert) {
    if (rule_.floor)
        draft.sensitivity = std::max(draft.sensitivity.value_or(*rule_.floor), *rule_.floor);
    if (!rule_.licence.empty()) draft.licence = rule_.licence;
    if (!rule_.attribution.empty()) draft.attribution = rule_.attribution;
    waiting_.push_back({{std::move(draft)}, std::move(alert)});
}

/// A report of this workspace that comes back from an export of it.
Result<bool> ImportWork::is_own(const report::Draft& draft) {
    if (draft.origin != "relief") return false;
    const auto found = exact_.find(draft.origin_id);
    if (!found) return found.error();
    return found->has_value();
}

Result<void> ImportWork::take_draft(report::Draft draft, bool of_relief) {
    const auto own = is_own(draft);
    if (!own) return own.error();
    // Strangers may ask for more protection than the house gives, not for less.
    if (!of_relief && draft.sensitivity && *draft.sensitivity < rule_.intake.level)
        draft.sensitivity.reset();
    if (*own)
        ++counts_.unchanged;
    else
        wait_for(std::move(draft));
    return {};
}

Result<void> ImportWork::take(report::Found found, RejectList& rejects) {
    ++counts_.read;
    if (was_before(counts_.read)) {
        if (counts_.read == begun_.read) counts_ = begun_;
        return {};
    }
    if (auto* reject = std::get_if<report::Reject>(&found.what)) {
        ++counts_.rejected;
        rejects.add(found.row, reject->reason);
        return {};
    }
    if (auto* draft = std::get_if<report::Draft>(&found.what))
        return take_draft(std::move(*draft), found.of_relief);
    auto& warning = std::get<report::Warning>(found.what);
    if (warning.as_report) {
        wait_for(std::move(*warning.as_report), std::move(warning.alert));
        return {};
    }
    if (warning.alert.kind != report::Alert::Kind::cancel) {
        ++counts_.rejected;
        rejects.add(found.row, "it is no report on the map: " + warning.as_report.error().what);
    }
    return keep(warning.alert, "");
}

void ImportWork::count(exact::Outcome outcome) {
    switch (outcome) {
        case exact::Outcome::stored: ++counts_.stored; return;
        case exact::Outcome::updated: ++counts_.updated; return;
        case exact::Outcome::erased: ++counts_.erased; return;
        case exact::Outcome::repeated:
        case exact::Outcome::conflict:
        case exact::Outcome::unchanged: ++counts_.unchanged; return;
    }
}

Result<alert::AlertStore*> ImportWork::alerts() {
    if (!alerts_) {
        auto store = alert::AlertStore::open(workspace_);
        if (!store) return store.error();
        alerts_.emplace(std::move(*store));
        const auto expired = alerts_->take_expired(rule_.now);
        if (!expired) return expired.error();
        if (auto done = end_reports(*expired); !done) return done.error();
    }
    return &*alerts_;
}

/// What is over leaves the map.
Result<void> ImportWork::end_reports(const std::vector<std::string>& ids) {
    for (const auto& id : ids) {
        const auto done = exact_.change(id,
                                        {.status = report::Status::rejected, .note = "over"},
                                        {"operator", Role::admin},
                                        rule_.now);
        // A moderator may have erased it.
        if (!done && done.error().fault != Fault::not_found) return done.error();
    }
    return {};
}

Result<void> ImportWork::keep(const report::Alert& alert, const std::string& report) {
    const auto store = alerts();
    if (!store) return store.error();
    const auto over = (*store)->put(alert, report);
    if (!over) return over.error();
    ++counts_.alerts;
    return end_reports(*over);
}

Result<void> ImportWork::flush() {
    std::vector<exact::Arrival> arrivals;
    arrivals.reserve(waiting_.size());
    for (auto& each : waiting_) arrivals.push_back(std::move(each.arrival));
    const auto receipts = exact_.receive(arrivals, rule_.intake, rule_.now);
    if (!receipts) return receipts.error();
    for (std::size_t i = 0; i < receipts->size(); ++i) {
        count((*receipts)[i].outcome);
        if (!waiting_[i].alert) continue;
        if (auto done = keep(*waiting_[i].alert, (*receipts)[i].id); !done) return done;
    }
    waiting_.clear();
    return {};
}

}  // namespace relief::command
