#include "tiler/ingest/remote.hpp"

#include "tiler/ingest/child.hpp"
#include "tiler/ingest/inspect.hpp"
#include "tiler/ingest/worker.hpp"
#include "tiler/source/remote_file.hpp"
#include "tiler/workspace/layer_store.hpp"

#include <nlohmann/json.hpp>

#include <chrono>
#include <utility>

namespace relief::ingest {
namespace {

using RemoteJson = nlohmann::json;

/// Longer than the child itself waits for a server.
constexpr std::chrono::seconds patience_for_child{120};
constexpr std::chrono::milliseconds look_up_for_child{250};  // how often the caller may stop it
constexpr std::chrono::seconds patience_for_stamp{10};

Error child_failed(Child& child, Child::Read how) {
    if (how == Child::Read::timeout) {
        child.kill();
        return source_broken("the remote file takes longer than two minutes to look at");
    }
    return source_broken("the remote file cannot be read: " + child.wait());
}

}  // namespace

Result<workspace::Observation> read_remote_answer(const std::string& line,
                                                  const RemoteAddress& address) {
    auto raster = raster_only(read_answer(line));
    if (!raster) return raster.error();
    const RemoteJson answer = RemoteJson::parse(line, nullptr, false);
    const auto version = answer.find("version");
    const auto modified = answer.find("modified");
    const bool whole = version != answer.end() && version->is_string() &&
                       modified != answer.end() && modified->is_number_integer();
    if (!whole) return source_broken("the reading process gave an answer that makes no sense");
    workspace::Observation observation;
    observation.version = {version->get<std::string>()};
    observation.modified = {modified->get<std::int64_t>()};
    observation.file = address.text();
    observation.added = false;
    observation.content = std::move(*raster);
    return observation;
}

Result<workspace::Observation> inspect_remote(const std::string& program,
                                              const RemoteAddress& address,
                                              const std::function<bool()>& wanted) {
    auto child = Child::start(program, {describe_remote_verb});
    if (!child) return child.error();
    std::string line;
    if (!child->write_line(address.text())) return child_failed(*child, Child::Read::end);
    const auto end = std::chrono::steady_clock::now() + patience_for_child;
    for (;;) {
        const auto how = child->read_line(line, look_up_for_child);
        if (how == Child::Read::line) return read_remote_answer(line, address);
        const bool waits = how == Child::Read::timeout && std::chrono::steady_clock::now() < end;
        if (!waits || (wanted && !wanted())) return child_failed(*child, how);
    }
}

Result<Added> add_remote(const AddOrder& order, const RemoteAddress& address) {
    const auto name = name_of(order);
    if (!name) return name.error();
    auto observation = inspect_remote(order.program, address);
    if (!observation) return observation.error();
    observation->time = order.time;
    if (order.kind) observation->raster().kind = *order.kind;
    if (order.check) {
        if (auto checked = order.check(observation->raster()); !checked) return checked.error();
    }
    auto store = workspace::LayerStore::open(order.workspace);
    if (!store) return store.error();
    const auto freed = store->register_observation({.layer = *name,
                                                    .title = order.title,
                                                    .sensitivity = order.sensitivity,
                                                    .provenance = order.provenance,
                                                    .style_words = order.style_words,
                                                    .observation = *observation});
    if (!freed) return freed.error();
    // What is left behind costs disk, not truth: the layer stands either way.
    static_cast<void>(store->delete_unreferenced(*freed));
    return Added{*name, std::move(*observation), !freed->empty()};
}

Result<std::optional<workspace::Observation>> changed_remote(const std::string& program,
                                                             const workspace::Observation& known) {
    const auto address = RemoteAddress::make(known.file);
    if (!address) return address.error();
    const Deadline deadline(Deadline::Clock::now() + patience_for_stamp);
    const auto stamp = source::stamp_of(*address, deadline);
    if (!stamp) return stamp.error();
    if (stamp->version == known.version) return std::optional<workspace::Observation>{};
    auto found = inspect_remote(program, *address);
    if (!found) return found.error();
    // Some servers answer a HEAD with another tag than a GET.
    if (found->version == known.version) return std::optional<workspace::Observation>{};
    found->time = known.time;
    found->raster().kind = known.raster().kind;  // the operator may have stated it
    return std::optional(std::move(*found));
}

}  // namespace relief::ingest
