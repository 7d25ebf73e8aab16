#include "server/service/report_news.hpp"

#include "server/service/layer_version.hpp"
#include "server/service/report_layers.hpp"

#include <nlohmann/json.hpp>

#include <memory>
#include <mutex>
#include <string>
#include <utility>

namespace relief::service {
namespace {

using ReportNewsJson = nlohmann::ordered_json;

/// More are read faster from the list.
constexpr std::size_t most_reports = 20;

Happening::Document report_news_document(const ReportNewsJson& json) {
    return std::make_shared<const std::string>(
        json.dump(-1, ' ', false, ReportNewsJson::error_handler_t::replace));
}

std::vector<std::string> told_ids(const std::vector<shown::PublicReport>& put) {
    std::vector<std::string> ids;
    if (put.size() > most_reports) return ids;
    for (const shown::PublicReport& one : put)
        if (one.level == Sensitivity::low) ids.push_back(one.id);
    return ids;
}

/// Reports that were shown together, as they are shown now: of what is shown no more there is no
/// word. For any thread.
class NamedReports {
public:
    NamedReports(ReportNewsJson head,
                 std::vector<std::string> ids,
                 std::shared_ptr<const shown::ShownIndex> shown)
        : head_(std::move(head)), ids_(std::move(ids)), shown_(std::move(shown)) {}

    Happening::Document document() const {
        const std::string version = ids_.empty() ? "none" : shown_->sight().version;
        const std::lock_guard lock(mutex_);
        // Many hear it at once: the tables are asked once for all of them.
        if (version != version_) {
            document_ = report_news_document(read());
            version_ = version;
        }
        return document_;
    }

private:
    ReportNewsJson read() const {
        ReportNewsJson json = head_;
        json["reports"] = ReportNewsJson::array();
        for (const std::string& id : ids_) {
            const auto found = shown_->find(id);
            if (!found || !*found || (*found)->level != Sensitivity::low) continue;
            const shown::PublicReport& one = **found;
            json["reports"].push_back({{"id", one.id},
                                       {"lon", one.place.longitude},
                                       {"lat", one.place.latitude},
                                       {"category", one.category},
                                       {"severity", name_of(report::severity_names, one.severity)},
                                       {"status", name_of(report::status_names, one.status)}});
        }
        return json;
    }

    ReportNewsJson head_;
    std::vector<std::string> ids_;
    std::shared_ptr<const shown::ShownIndex> shown_;
    mutable std::mutex mutex_;
    mutable std::string version_;
    mutable Happening::Document document_;
};

}  // namespace

std::vector<Happening> news_of_reports(report::View view,
                                       const workspace::Layer& layer,
                                       const std::vector<shown::PublicReport>& put,
                                       const ReportsNow& now) {
    const ReportNewsJson head{{"layer", layer.name.text()}, {"version", layer_version(layer)}};
    const auto named = std::make_shared<const NamedReports>(head, told_ids(put), now.shown);
    const auto tiles = report_news_document(head);
    const auto is_for = [view, visible = now.visible](const Audience& audience) {
        return view_of(audience) == view && visible(audience);
    };
    return {
        {Happening::Kind::report,
         [is_for, named](const Audience& audience) {
             return is_for(audience) ? named->document() : nullptr;
         },
         is_for},
        {Happening::Kind::tiles,
         [is_for, tiles](const Audience& audience) { return is_for(audience) ? tiles : nullptr; },
         is_for}};
}

}  // namespace relief::service
