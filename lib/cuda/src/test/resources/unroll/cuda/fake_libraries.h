// NVRTC that compiles nothing, cuBLAS's product as plain loops. cuBLAS knows columns: the element
// in row r and column c of a matrix lies at r + c ld.

static const char* const kCode = "fake sm_90";

#ifndef REAL_NVRTC
struct Program {
  bool compiled;
};

/* Of a version that there is not: its code must not be taken for real in a cache. */
API int nvrtcVersion(int* major, int* minor) {
  *major = 0;
  *minor = 0;
  return 0;
}

API int nvrtcGetNumSupportedArchs(int* count) {
  *count = 3;
  return 0;
}

API int nvrtcGetSupportedArchs(int* all) {
  all[0] = 75;
  all[1] = 90;
  all[2] = 100;
  return 0;
}

API int nvrtcCreateProgram(void** program, const char* source, const char* name, int headers,
                           const char* const*, const char* const*) {
  if (headers != 0 || !strstr(source, "__global__") || strcmp(name, "kernels.cu")) return 3;
  *program = new Program{false};
  return 0;
}

API int nvrtcCompileProgram(void* program, int count, const char* const* options) {
  bool right = count == 1 && !strcmp(options[0], "--gpu-architecture=sm_90");
  ((Program*)program)->compiled = right;
  return right ? 0 : 5;
}

API int nvrtcGetCUBINSize(void* program, size_t* size) {
  *size = strlen(kCode) + 1;
  return ((Program*)program)->compiled ? 0 : 4;
}

API int nvrtcGetCUBIN(void* program, char* code) {
  strcpy(code, kCode);
  return ((Program*)program)->compiled ? 0 : 4;
}

API int nvrtcGetProgramLogSize(void*, size_t* size) {
  *size = 1;
  return 0;
}

API int nvrtcGetProgramLog(void*, char* text) {
  *text = 0;
  return 0;
}

API int nvrtcDestroyProgram(void** program) {
  delete (Program*)*program;
  *program = nullptr;
  return 0;
}

API const char* nvrtcGetErrorString(int) { return "an error of the fake NVRTC"; }
#endif

static int blas_place;
static void* blas_stream;

API int cublasCreate_v2(void** handle) {
  *handle = &blas_place;
  return current == &context_place ? 0 : 1;
}

API int cublasSetStream_v2(void* handle, void* stream) {
  blas_stream = stream;
  return handle == &blas_place && stream == &stream_place ? 0 : 7;
}

/* A factor as tensor cores see it: so many bits of its fraction, to the nearest. */
static float rounded(float x, int bits) {
  if (bits == 23 || !isfinite(x)) return x;
  unsigned word;
  memcpy(&word, &x, 4);
  unsigned unit = 1u << (23 - bits);
  word = (word + unit / 2) & ~(unit - 1);
  memcpy(&x, &word, 4);
  return x;
}

API int cublasGemmEx(void* handle, int transa, int transb, int m, int n, int k, const void* alpha,
                     const void* a, int atype, int lda, const void* b, int btype, int ldb,
                     const void* beta, void* c, int ctype, int ldc, int compute, int algorithm) {
  std::lock_guard<std::recursive_mutex> guard(lock);
  if (handle != &blas_place || current != &context_place || algorithm != -1) return 7;
  if (atype || btype || ctype || m < 1 || n < 1 || k < 1 || ldc < m) return 7;
  if (lda < (transa ? k : m) || ldb < (transb ? n : k)) return 7;
  if (!holds(a, 4ul * lda * ((transa ? m : k) - 1)) || !holds(c, 4ul * (ldc * (n - 1ul) + m)))
    return 7;
  int bits = compute == 68 ? 23 : compute == 77 ? 10 : compute == 75 ? 7 : 0;
  if (bits == 0 || *(float*)alpha != 1) return 7;
  float old = *(float*)beta;
  return enqueue([=] {
    std::vector<float> out((size_t)m * n);
    for (int col = 0; col < n; col++)
      for (int row = 0; row < m; row++) {
        float sum = 0;
        for (int i = 0; i < k; i++) {
          float x = ((float*)a)[transa ? i + (size_t)row * lda : row + (size_t)i * lda];
          float y = ((float*)b)[transb ? col + (size_t)i * ldb : i + (size_t)col * ldb];
          sum += rounded(x, bits) * rounded(y, bits);
        }
        float* to = (float*)c + row + (size_t)col * ldc;
        out[row + (size_t)col * m] = old == 0 ? sum : sum + old * *to;
      }
    for (int col = 0; col < n; col++)
      memcpy((float*)c + (size_t)col * ldc, &out[(size_t)col * m], 4ul * m);
  });
}
