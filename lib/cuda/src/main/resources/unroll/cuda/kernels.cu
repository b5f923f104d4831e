// The kernels of the cuda backend, for NVRTC. Everything is float32, row major and 1-dimensional;
// loops go by a grid's stride, so that any grid is right. No atomics: every sum has one order, and
// the same input gives the same bits. A block that works on a row together has a power of two of
// threads, 256 at most.

#define EACH(i, n)                                                                       \
  for (unsigned i = blockIdx.x * blockDim.x + threadIdx.x; i < (unsigned)(n);            \
       i += gridDim.x * blockDim.x)

#define ROW_THREADS 256

#ifndef INFINITY
#define INFINITY __int_as_float(0x7f800000)
#endif

__device__ inline float sigmoid(float x) { return 1.0f / (1.0f + expf(-x)); }

/* The larger one; NaN where one of them is. */
__device__ inline float larger(float a, float b) { return a >= b || a != a ? a : b; }

/* The sum of a value of each thread, in all threads, as a tree. */
__device__ inline float block_sum(float value, float* shared) {
  shared[threadIdx.x] = value;
  __syncthreads();
  for (unsigned half = blockDim.x / 2; half > 0; half /= 2) {
    if (threadIdx.x < half) shared[threadIdx.x] += shared[threadIdx.x + half];
    __syncthreads();
  }
  float total = shared[0];
  __syncthreads();
  return total;
}

/* The largest of a value of each thread, in all threads. */
__device__ inline float block_max(float value, float* shared) {
  shared[threadIdx.x] = value;
  __syncthreads();
  for (unsigned half = blockDim.x / 2; half > 0; half /= 2) {
    if (threadIdx.x < half)
      shared[threadIdx.x] = larger(shared[threadIdx.x], shared[threadIdx.x + half]);
    __syncthreads();
  }
  float most = shared[0];
  __syncthreads();
  return most;
}

// --- elementwise: the functions have the numbers of FunctionNumber ---

extern "C" __global__ void map(int f, int n, const float* x, float* out) {
  EACH(i, n) {
    float v = x[i];
    switch (f) {
      case 0: v = -v; break;
      case 1: v = fabsf(v); break;
      case 2: v = v > 0 ? 1.0f : v < 0 ? -1.0f : 0.0f; break;
      case 3: v = v * v; break;
      case 4: v = sqrtf(v); break;
      case 5: v = expf(v); break;
      case 6: v = logf(v); break;
      case 7: v = sigmoid(v); break;
      case 8: v = tanhf(v); break;
      default: v = v > 0 || v != v ? v : 0.0f;
    }
    out[i] = v;
  }
}

extern "C" __global__ void zip(int f, int n, const float* a, const float* b, float* out) {
  EACH(i, n) {
    float x = a[i], y = b[i], v;
    switch (f) {
      case 0: v = x + y; break;
      case 1: v = x - y; break;
      case 2: v = x * y; break;
      case 3: v = x / y; break;
      case 4: v = larger(x, y); break;
      case 5: v = x >= y ? 1.0f : 0.0f; break;
      case 6: v = y * x * (1 - x); break;
      case 7: v = y * (1 - x * x); break;
      default: v = x > 0 ? y : 0.0f;
    }
    out[i] = v;
  }
}

extern "C" __global__ void affine(int n, float scale, const float* x, float shift, float* out) {
  EACH(i, n) out[i] = scale * x[i] + shift;
}

extern "C" __global__ void add_scaled(int n, float scale, const float* x, float* y) {
  EACH(i, n) y[i] += scale * x[i];
}

extern "C" __global__ void adam(int n, float* p, const float* g, float* m, float* v, float rate,
                                float beta1, float rest1, float beta2, float rest2,
                                float inverse_correction, float epsilon) {
  EACH(i, n) {
    float gradient = g[i];
    float first = beta1 * m[i] + rest1 * gradient;
    float second = beta2 * v[i] + rest2 * gradient * gradient;
    m[i] = first;
    v[i] = second;
    p[i] -= rate * first / (sqrtf(second * inverse_correction) + epsilon);
  }
}

// --- shapes ---

extern "C" __global__ void copy_runs(int n, int length, const float* from, int from_stride,
                                     float* to, int to_stride) {
  EACH(i, n) {
    size_t run = i / length, at = i % length;
    to[run * to_stride + at] = from[run * from_stride + at];
  }
}

extern "C" __global__ void repeat(int n, int axis, int inner, const float* x, float* out) {
  EACH(i, n) out[i] = x[i / inner / axis * inner + i % inner];
}

extern "C" __global__ void transpose(int n, int rows, int columns, int inner, const float* x,
                                     float* out) {
  EACH(i, n) {
    unsigned at = i % inner, r = i / inner % rows, c = i / inner / rows % columns;
    unsigned o = i / inner / rows / columns;
    out[i] = x[((o * rows + r) * columns + c) * inner + at];
  }
}

/* out[o, i] = the sum (0) or the largest (1) over a of x[o, a, i]; n = outer inner */
extern "C" __global__ void fold(int largest, int n, int axis, int inner, const float* x,
                                float* out) {
  EACH(i, n) {
    const float* from = x + (size_t)(i / inner) * axis * inner + i % inner;
    float result = largest ? -INFINITY : 0.0f;
    for (int a = 0; a < axis; a++) {
      float v = from[(size_t)a * inner];
      result = largest ? larger(result, v) : result + v;
    }
    out[i] = result;
  }
}

/* The same with inner = 1, a block a row. */
extern "C" __global__ void fold_rows(int largest, int rows, int axis, const float* x, float* out) {
  __shared__ float shared[ROW_THREADS];
  for (int row = blockIdx.x; row < rows; row += gridDim.x) {
    const float* from = x + (size_t)row * axis;
    float result = largest ? -INFINITY : 0.0f;
    for (int a = threadIdx.x; a < axis; a += blockDim.x)
      result = largest ? larger(result, from[a]) : result + from[a];
    result = largest ? block_max(result, shared) : block_sum(result, shared);
    if (threadIdx.x == 0) out[row] = result;
  }
}

/*
 * partial[c, i] = the sum over the rows a of chunk c of x[a, i], or of x[a, i] y[a, i] where there
 * is a y; n = chunks inner
 */
extern "C" __global__ void sum_chunks(int n, int axis, int inner, int chunk, const float* x,
                                      const float* y, float* partial) {
  EACH(i, n) {
    int column = i % inner, first = i / inner * chunk;
    int last = first + chunk < axis ? first + chunk : axis;
    float sum = 0.0f;
    for (int a = first; a < last; a++) {
      size_t at = (size_t)a * inner + column;
      sum += y ? x[at] * y[at] : x[at];
    }
    partial[i] = sum;
  }
}

/* partial[b] = the sum of the squares that block b takes. */
extern "C" __global__ void squares(int n, const float* x, float* partial) {
  __shared__ float shared[ROW_THREADS];
  float sum = 0.0f;
  EACH(i, n) sum += x[i] * x[i];
  sum = block_sum(sum, shared);
  if (threadIdx.x == 0) partial[blockIdx.x] = sum;
}

extern "C" __global__ void gather(int n, int length, const float* table, const int* indices,
                                  float* out) {
  EACH(i, n) out[i] = table[(size_t)indices[i / length] * length + i % length];
}

/*
 * Adds rows to the rows of a table: row targets[d] gets rows[order[s]] for s from starts[d] to
 * starts[d + 1] - 1, one after another; n = distinct targets times length
 */
extern "C" __global__ void scatter_add(int n, int length, const float* rows, const int* order,
                                       const int* starts, const int* targets, float* table) {
  EACH(i, n) {
    int d = i / length, column = i % length;
    float* to = table + (size_t)targets[d] * length + column;
    float sum = *to;
    for (int s = starts[d]; s < starts[d + 1]; s++)
      sum += rows[(size_t)order[s] * length + column];
    *to = sum;
  }
}

// --- fused: a block a row ---

extern "C" __global__ void softmax_loss(int rows, int classes, const float* logits,
                                        const int* targets, float* losses, float* p) {
  __shared__ float shared[ROW_THREADS];
  for (int row = blockIdx.x; row < rows; row += gridDim.x) {
    const float* x = logits + (size_t)row * classes;
    float* out = p + (size_t)row * classes;
    float most = -INFINITY;
    for (int c = threadIdx.x; c < classes; c += blockDim.x) most = larger(most, x[c]);
    most = block_max(most, shared);
    float right = x[targets[row]] - most;
    float sum = 0.0f;
    for (int c = threadIdx.x; c < classes; c += blockDim.x) sum += expf(x[c] - most);
    sum = block_sum(sum, shared);
    for (int c = threadIdx.x; c < classes; c += blockDim.x) out[c] = expf(x[c] - most) / sum;
    if (threadIdx.x == 0) losses[row] = logf(sum) - right;
    __syncthreads();
  }
}

extern "C" __global__ void softmax_loss_gradient(int n, int classes, const float* p,
                                                 const int* targets, const float* g, float* out) {
  EACH(i, n) {
    int row = i / classes;
    out[i] = (p[i] - (targets[row] == (int)(i % classes) ? 1.0f : 0.0f)) * g[row];
  }
}

extern "C" __global__ void layer_norm(int rows, int features, const float* x, const float* w,
                                      const float* b, float epsilon, float* normal, float* scale,
                                      float* out) {
  __shared__ float shared[ROW_THREADS];
  for (int row = blockIdx.x; row < rows; row += gridDim.x) {
    size_t at = (size_t)row * features;
    float sum = 0.0f;
    for (int i = threadIdx.x; i < features; i += blockDim.x) sum += x[at + i];
    float mean = block_sum(sum, shared) / features;
    float squares = 0.0f;
    for (int i = threadIdx.x; i < features; i += blockDim.x) {
      float d = x[at + i] - mean;
      squares += d * d;
    }
    float inverse = 1.0f / sqrtf(block_sum(squares, shared) / features + epsilon);
    for (int i = threadIdx.x; i < features; i += blockDim.x) {
      float v = (x[at + i] - mean) * inverse;
      normal[at + i] = v;
      out[at + i] = v * w[i] + b[i];
    }
    if (threadIdx.x == 0) scale[row] = inverse;
  }
}

/* u = g w;  dx = scale (u - mean u - normal mean(u normal)) */
extern "C" __global__ void layer_norm_gradient(int rows, int features, const float* normal,
                                               const float* scale, const float* w, const float* g,
                                               float* dx) {
  __shared__ float shared[ROW_THREADS];
  for (int row = blockIdx.x; row < rows; row += gridDim.x) {
    size_t at = (size_t)row * features;
    float sum = 0.0f, product = 0.0f;
    for (int i = threadIdx.x; i < features; i += blockDim.x) {
      float u = g[at + i] * w[i];
      sum += u;
      product += u * normal[at + i];
    }
    float mean = block_sum(sum, shared) / features;
    float along = block_sum(product, shared) / features;
    for (int i = threadIdx.x; i < features; i += blockDim.x)
      dx[at + i] = scale[row] * (g[at + i] * w[i] - mean - normal[at + i] * along);
  }
}

// --- one step of a recurrent layer: n = batch hidden, gates in PyTorch's order ---

/* gates [B, 4H]: in, sums of the products and biases; out, i f g o */
extern "C" __global__ void lstm_step(int n, int hidden, float* gates, const float* cell_before,
                                     float* cell, float* output) {
  EACH(k, n) {
    float* at = gates + (size_t)(k / hidden) * 4 * hidden + k % hidden;
    float i = sigmoid(at[0]), f = sigmoid(at[hidden]);
    float g = tanhf(at[2 * hidden]), o = sigmoid(at[3 * hidden]);
    at[0] = i;
    at[hidden] = f;
    at[2 * hidden] = g;
    at[3 * hidden] = o;
    float c = f * cell_before[k] + i * g;
    cell[k] = c;
    output[k] = o * tanhf(c);
  }
}

/* dh, dc: of the state after the step; dc becomes that before it. out [B, 4H] */
extern "C" __global__ void lstm_back(int n, int hidden, const float* gates, const float* cell,
                                     const float* cell_before, const float* gradient,
                                     const float* dh, float* dc, float* out) {
  EACH(k, n) {
    size_t at = (size_t)(k / hidden) * 4 * hidden + k % hidden;
    float i = gates[at], f = gates[at + hidden];
    float g = gates[at + 2 * hidden], o = gates[at + 3 * hidden];
    float h = dh[k] + gradient[k], t = tanhf(cell[k]);
    float c = dc[k] + h * o * (1 - t * t);
    out[at] = c * g * i * (1 - i);
    out[at + hidden] = c * cell_before[k] * f * (1 - f);
    out[at + 2 * hidden] = c * i * (1 - g * g);
    out[at + 3 * hidden] = h * t * o * (1 - o);
    dc[k] = c * f;
  }
}

/*
 * from_input, from_hidden [B, 3H]: the products; bias: that of the hidden one, [3H], or null;
 * gates [B, 4H] out: r z n and W_hn h + b_hn
 */
extern "C" __global__ void gru_step(int n, int hidden, const float* from_input,
                                    const float* from_hidden, const float* bias,
                                    const float* before, float* gates, float* output) {
  EACH(k, n) {
    unsigned unit = k % hidden;
    size_t at = (size_t)(k / hidden) * 3 * hidden + unit;
    size_t to = (size_t)(k / hidden) * 4 * hidden + unit;
    float br = bias ? bias[unit] : 0.0f, bz = bias ? bias[hidden + unit] : 0.0f;
    float r = sigmoid(from_input[at] + (from_hidden[at] + br));
    float z = sigmoid(from_input[at + hidden] + (from_hidden[at + hidden] + bz));
    float hn = from_hidden[at + 2 * hidden] + (bias ? bias[2 * hidden + unit] : 0.0f);
    float v = tanhf(from_input[at + 2 * hidden] + r * hn);
    gates[to] = r;
    gates[to + hidden] = z;
    gates[to + 2 * hidden] = v;
    gates[to + 3 * hidden] = hn;
    output[k] = v + z * (before[k] - v);
  }
}

/* dh: of the state after the step; becomes the part of that before it which z lets through */
extern "C" __global__ void gru_back(int n, int hidden, const float* gates, const float* before,
                                    const float* gradient, float* dh, float* of_input,
                                    float* of_hidden) {
  EACH(k, n) {
    size_t at = (size_t)(k / hidden) * 4 * hidden + k % hidden;
    size_t to = (size_t)(k / hidden) * 3 * hidden + k % hidden;
    float r = gates[at], z = gates[at + hidden];
    float v = gates[at + 2 * hidden], hn = gates[at + 3 * hidden];
    float h = dh[k] + gradient[k];
    float dz = h * (before[k] - v) * z * (1 - z);
    float dn = h * (1 - z) * (1 - v * v);
    float dr = dn * hn * r * (1 - r);
    of_input[to] = dr;
    of_input[to + hidden] = dz;
    of_input[to + 2 * hidden] = dn;
    of_hidden[to] = dr;
    of_hidden[to + hidden] = dz;
    of_hidden[to + 2 * hidden] = dn * r;
    dh[k] = h * z;
  }
}

extern "C" __global__ void rnn_back(int n, int relu, const float* output, const float* gradient,
                                    const float* dh, float* out) {
  EACH(k, n) {
    float h = dh[k] + gradient[k], y = output[k];
    out[k] = relu ? (y > 0 ? h : 0.0f) : h * (1 - y * y);
  }
}
