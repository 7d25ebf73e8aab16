#include "server/ops/work_pool.hpp"

#include <algorithm>
#include <condition_variable>
#include <deque>
#include <exception>
#include <mutex>
#include <pthread.h>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace relief::ops {

struct WorkPool::State {
    State(std::size_t most, Guard on_exception) : capacity(most), guard(std::move(on_exception)) {}
    void serve();
    void run(const std::function<void()>& work) const;

    const std::size_t capacity;  // running and waiting
    const Guard guard;
    mutable std::mutex mutex;
    std::condition_variable changed;
    std::deque<std::function<void()>> queue;
    std::size_t running = 0;
    bool ending = false;
    std::vector<std::thread> threads;
};

void WorkPool::State::serve() {
    std::unique_lock lock(mutex);
    while (true) {
        changed.wait(lock, [this] { return ending || !queue.empty(); });
        if (ending) return;
        auto work = std::move(queue.front());
        queue.pop_front();
        ++running;
        lock.unlock();
        run(work);
        work = nullptr;  // what it holds is freed before it counts as done
        lock.lock();
        --running;
    }
}

// The last guard: what throws here costs one answer, not the process.
void WorkPool::State::run(const std::function<void()>& work) const {
    try {
        work();
    } catch (const std::exception& exception) {
        if (guard) guard(exception.what());
    } catch (...) {
        if (guard) guard("an unknown exception");
    }
}

WorkPool::WorkPool(unsigned threads, std::size_t queue_length, Guard guard) {
    const std::size_t capacity = std::max(threads, 1U) + queue_length;
    state_ = std::make_unique<State>(capacity, std::move(guard));
    const std::size_t count = capacity - queue_length;
    state_->threads.reserve(count);
    for (std::size_t i = 0; i < count; ++i) {
        auto& thread = state_->threads.emplace_back([state = state_.get()] { state->serve(); });
        pthread_setname_np(thread.native_handle(), ("relief-work-" + std::to_string(i)).c_str());
    }
}

WorkPool::~WorkPool() {
    end();
}

void WorkPool::end() {
    std::deque<std::function<void()>> dropped;
    {
        const std::scoped_lock lock(state_->mutex);
        state_->ending = true;
        dropped.swap(state_->queue);
    }
    state_->changed.notify_all();
    dropped.clear();
    for (auto& thread : state_->threads) thread.join();
    state_->threads.clear();
}

bool WorkPool::post(std::function<void()> work) {
    if (!work) return false;
    {
        const std::scoped_lock lock(state_->mutex);
        if (state_->ending || state_->queue.size() + state_->running >= state_->capacity) {
            return false;
        }
        state_->queue.push_back(std::move(work));
    }
    state_->changed.notify_one();
    return true;
}

std::size_t WorkPool::waiting() const {
    const std::scoped_lock lock(state_->mutex);
    return state_->queue.size();
}

std::size_t WorkPool::running() const {
    const std::scoped_lock lock(state_->mutex);
    return state_->running;
}

unsigned WorkPool::threads() const {
    return static_cast<unsigned>(state_->threads.size());
}

}  // namespace relief::ops
