// The CUDA driver's functions that the backend calls, in the host's memory. Work is put off until
// somebody waits, as on a device; what is read or written beside an allocation is found.
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <vector>

#define API extern "C" __attribute__((visibility("default")))

enum {
  kSuccess = 0, kInvalidValue = 1, kOutOfMemory = 2, kNotInitialized = 3, kInvalidContext = 201,
  kInvalidImage = 200, kNotFound = 500, kIllegalAddress = 700
};

static const size_t kGuard = 256;
static const unsigned char kGuardByte = 0xA5;

static std::recursive_mutex lock;
static std::map<char*, size_t> memory;
static std::vector<std::function<void()>> queue;
static size_t limit = (size_t)1 << 30, held;
static int next_failure, broken;
static thread_local void* current;
static bool initialized;
static int context_place, stream_place;

static std::vector<std::function<void()>> put_off() {
  std::vector<std::function<void()>> all;
  all.swap(queue);
  return all;
}

static void check_guard(const char* at, size_t size) {
  for (size_t i = 0; i < kGuard; i++)
    if ((unsigned char)at[size + i] != kGuardByte) fail("a kernel wrote behind a buffer");
}

/* Does what was put off. */
static int wait() {
  for (auto& work : put_off()) {
    if (next_failure) {
      broken = next_failure;
      next_failure = 0;
    }
    if (broken) return broken;
    work();
  }
  static int waits;
  if (++waits % 64 == 0)
    for (auto& [at, size] : memory) check_guard(at, size);
  return broken;
}

static int enqueue(std::function<void()> work) {
  queue.push_back(std::move(work));
  return broken;
}

static bool holds(const void* at, size_t bytes) {
  auto next = memory.upper_bound((char*)at);
  if (next == memory.begin()) return false;
  --next;
  return (char*)at + bytes <= next->first + next->second;
}

#define ENTER                                                  \
  std::lock_guard<std::recursive_mutex> guard(lock);           \
  if (!initialized) return kNotInitialized;                    \
  if (current != &context_place) return kInvalidContext;       \
  if (broken) return broken;

API int cuInit(unsigned flags) {
  initialized = true;
  return flags == 0 ? kSuccess : kInvalidValue;
}

/* A real NVRTC asks for it, and does without. */
API int cuGetExportTable(const void** table, const void*) {
  *table = nullptr;
  return kNotFound;
}

API int cuDriverGetVersion(int* version) {
  *version = 13000;
  return kSuccess;
}

API int cuDeviceGetCount(int* count) {
  *count = 1;
  return kSuccess;
}

API int cuDeviceGet(int* device, int index) {
  *device = 0;
  return index == 0 ? kSuccess : 101;
}

API int cuDeviceGetName(char* name, int length, int device) {
  snprintf(name, length, "no GPU, but host memory");
  return device == 0 ? kSuccess : kInvalidValue;
}

API int cuDeviceGetAttribute(int* value, int which, int device) {
  *value = which == 75 ? 9 : 0;
  return device == 0 && (which == 75 || which == 76) ? kSuccess : kInvalidValue;
}

API int cuDevicePrimaryCtxRetain(void** context, int device) {
  *context = &context_place;
  return device == 0 ? kSuccess : kInvalidValue;
}

API int cuCtxSetCurrent(void* context) {
  current = context;
  return kSuccess;
}

/* For tests: 1000 sets how much memory there is, 1001 what the next work fails with, 1002 mends. */
API int cuCtxSetLimit(int which, size_t value) {
  std::lock_guard<std::recursive_mutex> guard(lock);
  if (which == 1000) limit = value;
  if (which == 1001) next_failure = (int)value;
  if (which == 1002) broken = next_failure = 0;
  return which >= 1000 && which <= 1002 ? kSuccess : kInvalidValue;
}

API int cuStreamCreate(void** stream, unsigned flags) {
  ENTER
  *stream = &stream_place;
  return flags == 1 ? kSuccess : kInvalidValue;
}

API int cuStreamSynchronize(void* stream) {
  ENTER
  return stream == &stream_place ? wait() : kInvalidValue;
}

API int cuMemGetInfo_v2(size_t* free, size_t* total) {
  ENTER
  *free = limit > held ? limit - held : 0;
  *total = limit;
  return kSuccess;
}

API int cuMemAlloc_v2(unsigned long long* address, size_t bytes) {
  ENTER
  if (bytes == 0) return kInvalidValue;
  if (held + bytes > limit) return kOutOfMemory;
  char* at = (char*)aligned_alloc(256, (bytes + kGuard + 255) / 256 * 256);
  memset(at, 0xFF, bytes);  // NaN: nobody may read what was not written
  memset(at + bytes, kGuardByte, kGuard);
  memory[at] = bytes;
  held += bytes;
  *address = (unsigned long long)at;
  return kSuccess;
}

API int cuMemFree_v2(unsigned long long address) {
  ENTER
  int status = wait();
  auto found = memory.find((char*)address);
  if (found == memory.end()) return kInvalidValue;
  check_guard(found->first, found->second);
  held -= found->second;
  free(found->first);
  memory.erase(found);
  return status;
}

API int cuMemHostAlloc(void** address, size_t bytes, unsigned flags) {
  ENTER
  *address = malloc(bytes);
  return flags == 0 ? kSuccess : kInvalidValue;
}

API int cuMemsetD32Async(unsigned long long to, unsigned word, size_t count, void* stream) {
  ENTER
  if (stream != &stream_place || !holds((void*)to, 4 * count)) return kInvalidValue;
  return enqueue([=] {
    for (size_t i = 0; i < count; i++) ((unsigned*)to)[i] = word;
  });
}

API int cuMemcpyHtoDAsync_v2(unsigned long long to, const void* from, size_t bytes, void* stream) {
  ENTER
  if (stream != &stream_place || !holds((void*)to, bytes)) return kInvalidValue;
  return enqueue([=] { memcpy((void*)to, from, bytes); });
}

API int cuMemcpyDtoHAsync_v2(void* to, unsigned long long from, size_t bytes, void* stream) {
  ENTER
  if (stream != &stream_place || !holds((void*)from, bytes)) return kInvalidValue;
  return enqueue([=] { memcpy(to, (void*)from, bytes); });
}

API int cuMemcpyDtoDAsync_v2(unsigned long long to, unsigned long long from, size_t bytes,
                             void* stream) {
  ENTER
  if (stream != &stream_place || !holds((void*)from, bytes) || !holds((void*)to, bytes))
    return kInvalidValue;
  return enqueue([=] { memmove((void*)to, (void*)from, bytes); });
}

static bool is_code(const char* image) {
  return !strncmp(image, "fake sm_90", 10) || !strncmp(image, "\177ELF", 4);
}

API int cuModuleLoadData(void** module, const void* image) {
  ENTER
  if (!is_code((const char*)image)) return kInvalidImage;
  *module = (void*)kernels;
  return kSuccess;
}

API int cuModuleGetFunction(void** function, void* module, const char* name) {
  ENTER
  if (module != (void*)kernels) return kInvalidValue;
  for (const Kernel& kernel : kernels)
    if (!strcmp(kernel.name, name)) {
      *function = (void*)&kernel;
      return kSuccess;
    }
  return kNotFound;
}

API int cuLaunchKernel(void* function, unsigned gx, unsigned gy, unsigned gz, unsigned bx,
                       unsigned by, unsigned bz, unsigned shared, void* stream, void** values,
                       void** extra) {
  ENTER
  if (gx == 0 || gy != 1 || gz != 1 || bx == 0 || by != 1 || bz != 1) return kInvalidValue;
  if (shared != 0 || stream != &stream_place || extra) return kInvalidValue;
  const Kernel* kernel = (const Kernel*)function;
  std::vector<unsigned long long> copy(kernel->count);
  for (int i = 0; i < kernel->count; i++) memcpy(&copy[i], values[i], 8);
  return enqueue([=]() mutable {
    std::vector<void*> places;
    for (auto& value : copy) places.push_back(&value);
    run(kernel->call, kernel->has_barriers, gx, bx, places.data());
  });
}

API int cuGetErrorName(int status, const char** name) {
  *name = status == 719 ? "CUDA_ERROR_LAUNCH_FAILED" : "CUDA_ERROR";
  return kSuccess;
}

API int cuGetErrorString(int status, const char** text) {
  *text = status == 719 ? "unspecified launch failure" : "an error of the fake driver";
  return kSuccess;
}
