#include "server/service/event_hub.hpp"

#include <algorithm>
#include <random>
#include <utility>

namespace relief::service {
namespace {

constexpr std::string_view hello = "retry: 3000\n";
constexpr std::string_view heartbeat_line = ":\n\n";

/// 64 random bits as hexadecimal digits.
std::string random_id() {
    constexpr std::string_view digits = "0123456789abcdef";
    constexpr int letters = 16;
    std::random_device random;
    std::string id;
    for (int i = 0; i < letters; ++i) id += digits[random() % digits.size()];
    return id;
}

/// Sets the last id without telling an event (HTML, 9.2.6: an event without data is none).
std::string id_line(const std::string& id) {
    return "id: " + id + "\n\n";
}

// The order of the lines.
// NOLINTNEXTLINE(bugprone-easily-swappable-parameters)
std::string block(const std::string& id, Happening::Kind kind, const std::string& document) {
    std::string lines = "id: " + id + "\nevent: ";
    lines += name_of(happening_names, kind);
    return lines += "\ndata: " + document + "\n\n";
}

}  // namespace

EventHub::EventHub(const Settings& settings)
    : settings_(settings), beginning_(random_id()), thread_([this] { run(); }) {}

EventHub::~EventHub() {
    {
        const std::lock_guard lock(mutex_);
        ending_ = true;
    }
    wake_.notify_all();
    thread_.join();
    for (const auto& stream : streams_) stream->listener->end();
}

void EventHub::tell(Happening happening) {
    const bool open = happening.is_heard_by(Audience::anonymous());
    const std::string id = random_id();
    const std::lock_guard lock(mutex_);
    ++told_;
    if (open) ++told_open_;
    for (const auto& stream : streams_) {
        if (!stream->listener->listens()) continue;
        const auto document = happening.document_for(stream->audience);
        if (document && !stream->listener->hear(block(id, happening.kind, *document))) ++left_;
    }
    Memory& memory = open ? open_ : guarded_;
    memory.all.push_back({told_, id, std::move(happening)});
    if (memory.all.size() <= settings_.remembered) return;
    memory.whole = false;
    memory.all.pop_front();
}

Result<void> EventHub::listen(Subscription subscription) {
    const std::lock_guard lock(mutex_);
    if (auto room = check_room(subscription.asker); !room) return room;
    subscription.listener->hear(greeting(subscription));
    streams_.push_back(std::make_shared<Subscription>(std::move(subscription)));
    return {};
}

Result<void> EventHub::check_room(const std::string& asker) {
    std::erase_if(streams_, [](const auto& stream) { return !stream->listener->listens(); });
    if (streams_.size() >= settings_.streams)
        return Error{Fault::too_busy, "too many streams of events are open; try again later"};
    const auto own = std::count_if(streams_.begin(), streams_.end(), [&](const auto& stream) {
        return !asker.empty() && stream->asker == asker;
    });
    if (static_cast<std::size_t>(own) >= settings_.per_asker)
        return Error{Fault::too_busy,
                     "there are " + std::to_string(own) +
                         " streams of events from here already, which is all that is allowed"};
    return {};
}

std::vector<const EventHub::Remembered*> EventHub::heard_by(const Audience& audience) const {
    std::vector<const Remembered*> heard;
    for (const Memory* memory : {&open_, &guarded_}) {
        if (memory == &guarded_ && audience.is_anonymous()) continue;
        for (const Remembered& one : memory->all)
            if (one.happening.is_heard_by(audience)) heard.push_back(&one);
    }
    std::sort(heard.begin(), heard.end(), [](const auto* a, const auto* b) {
        return a->place < b->place;
    });
    return heard;
}

std::string EventHub::greeting(const Subscription& subscription) const {
    const auto heard = heard_by(subscription.audience);
    const std::string newest = heard.empty() ? beginning_ : heard.back()->id;
    const std::string begin(hello);
    const std::string& last = subscription.last_id;
    if (last.empty() || last == newest) return begin + id_line(newest);

    std::string reset = begin + block(newest, Happening::Kind::reset, "{}");
    const bool from_beginning = last == beginning_ && open_.whole &&
                                (subscription.audience.is_anonymous() || guarded_.whole);
    auto next = heard.begin();
    if (!from_beginning) {
        next = std::find_if(
            heard.begin(), heard.end(), [&](const auto* one) { return one->id == last; });
        if (next == heard.end()) return reset;
        ++next;
    }
    std::string lines = begin;
    for (; next != heard.end(); ++next) {
        const Happening& happening = (*next)->happening;
        const auto document = happening.document_for(subscription.audience);
        // Hidden in this very moment.
        if (!document) return reset;
        lines += block((*next)->id, happening.kind, *document);
        if (lines.size() > settings_.replayed_bytes) return reset;
    }
    return lines;
}

EventHub::Counts EventHub::counts() const {
    const std::lock_guard lock(mutex_);
    const auto open = std::count_if(streams_.begin(), streams_.end(), [](const auto& stream) {
        return stream->listener->listens();
    });
    return {static_cast<std::size_t>(open), told_open_, left_};
}

void EventHub::run() {
    auto beat = std::chrono::steady_clock::now() + settings_.heartbeat;
    std::unique_lock lock(mutex_);
    while (!wake_.wait_for(lock, settings_.look, [this] { return ending_; })) {
        const auto now = std::chrono::steady_clock::now();
        const bool due = now >= beat;
        if (due) beat = now + settings_.heartbeat;
        std::erase_if(streams_, [](const auto& stream) { return !stream->listener->listens(); });
        const auto streams = streams_;
        // Asking about a token may read the database: whoever tells need not wait for that.
        lock.unlock();
        for (const auto& stream : streams) {
            if (stream->still_admitted && !stream->still_admitted()) stream->listener->end();
            if (due) stream->listener->hear(heartbeat_line);
        }
        lock.lock();
    }
}

}  // namespace relief::service
