#pragma once
// What has changed, told to everyone who listens and may hear of it.

#include "tiler/core/audience.hpp"
#include "tiler/core/enum_names.hpp"
#include "tiler/core/result.hpp"

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace relief::service {

/// One thing that changed.
struct Happening {
    /// `reset`: more than could be told one by one; who hears it reads all anew.
    enum class Kind : std::uint8_t { report, layer, tiles, alert, reset };
    /// JSON without a line break; shared by all who hear the same.
    using Document = std::shared_ptr<const std::string>;

    Kind kind;
    /// What an audience hears now; null: nothing, and nothing tells it that there was something.
    /// Asked from any thread for as long as the hub remembers, and anew each time: what may not be
    /// known any more is not told again. Equal audiences are told the same. Documents are short: a
    /// kilobyte or two.
    std::function<Document(const Audience&)> document_for;
    /// Whether an audience hears something, where that is known without making the document; null:
    /// the document tells.
    std::function<bool(const Audience&)> is_for{};

    bool is_heard_by(const Audience& audience) const {
        return is_for ? is_for(audience) : document_for(audience) != nullptr;
    }
};
inline constexpr EnumNames<5> happening_names{"report", "layer", "tiles", "alert", "reset"};

/// Where a stream of events goes to. For any thread; none of the calls waits.
class EventListener {
public:
    EventListener() = default;
    virtual ~EventListener() = default;
    EventListener(const EventListener&) = delete;
    EventListener& operator=(const EventListener&) = delete;
    EventListener(EventListener&&) = delete;
    EventListener& operator=(EventListener&&) = delete;

    /// Lines of a stream of events. False: it has gone, or was cut off as too slow.
    virtual bool hear(std::string_view lines) = 0;
    virtual bool listens() const = 0;
    /// It hears no more; what it was told is still carried.
    virtual void end() = 0;
};

/// Server-sent events (HTML, 9.2) with one stream for each listener. An event's id is random: that
/// there was one which a listener may not hear, no gap between ids tells. Who comes again with the
/// last id is told what came after it, as far as that is remembered, else `reset`.
class EventHub {
public:
    struct Settings {
        std::size_t streams = 1000;          ///< at most
        std::size_t per_asker = 64;          ///< of one address or token
        std::size_t remembered = 1000;       ///< happenings that all may hear, and as many others
        std::size_t replayed_bytes = 65536;  ///< of what came meanwhile; beyond that, `reset`
        std::chrono::milliseconds heartbeat{15000};
        std::chrono::milliseconds look{1000};  ///< how often tokens are asked about again
    };

    /// Starts the thread of heartbeats.
    explicit EventHub(const Settings& settings);
    /// Ends all streams.
    ~EventHub();
    EventHub(const EventHub&) = delete;
    EventHub& operator=(const EventHub&) = delete;
    EventHub(EventHub&&) = delete;
    EventHub& operator=(EventHub&&) = delete;

    /// From any thread; does not wait for listeners.
    void tell(Happening happening);

    struct Subscription {
        std::shared_ptr<EventListener> listener;
        Audience audience;
        std::string asker;  ///< whose streams are counted; empty: nobody's
        /// Whether the token or session still opens what it did; null: nothing was shown.
        std::function<bool()> still_admitted{};
        std::string last_id{};  ///< of the last event that was heard; empty: none
    };
    /// Errors: too_busy when there are too many streams already.
    Result<void> listen(Subscription subscription);

    struct Counts {
        std::size_t streams;  ///< now
        std::uint64_t told;   ///< happenings since the start that everyone may hear
        std::uint64_t left;   ///< listeners cut off because they were too slow
    };
    Counts counts() const;

private:
    struct Remembered {
        std::uint64_t place;  ///< in the order of time
        std::string id;
        Happening happening;
    };
    struct Memory {
        std::deque<Remembered> all;
        bool whole = true;  ///< nothing was forgotten yet
    };

    void run();
    Result<void> check_room(const std::string& asker);
    std::string greeting(const Subscription& subscription) const;
    /// What is remembered that the audience may hear, in the order of time.
    std::vector<const Remembered*> heard_by(const Audience& audience) const;

    const Settings settings_;
    const std::string beginning_;
    mutable std::mutex mutex_;
    std::condition_variable wake_;
    bool ending_ = false;
    std::vector<std::shared_ptr<Subscription>> streams_;
    Memory open_;  ///< that anonymous may hear: what others are told pushes nothing out of it
    Memory guarded_;
    std::uint64_t told_ = 0;       ///< all of them
    std::uint64_t told_open_ = 0;  ///< that anonymous could hear
    std::uint64_t left_ = 0;
    std::thread thread_;
};

}  // namespace relief::service
