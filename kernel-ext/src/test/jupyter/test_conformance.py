"""All of jupyter_kernel_test, with every sample that it takes."""

import jupyter_kernel_test


CHART = 'display(LineChart.of("Two", "x", "y").line("both", new double[] {1, 2}));'


class ConformanceTest(jupyter_kernel_test.KernelTests):
    kernel_name = "unroll"
    language_name = "java"
    file_extension = ".jshell"

    code_hello_world = 'System.out.println("hello, world");'
    code_stderr = 'System.err.println("careful");'
    code_generate_error = 'throw new IllegalStateException("on purpose");'
    code_page_something = "String?"
    code_clear_output = "clearOutput();"
    code_inspect_sample = "Math.max("

    completion_samples = [
        {"text": '"text".isEmp', "matches": {"isEmpty()"}},
        {"text": "%see", "matches": {"%seed"}},
        {"text": "%backend ej", "matches": {"ejml"}},
        {"text": "LocalDa"},
    ]

    complete_code_samples = ["1 + 1", "int n = 3;", "class A { }", "%seed 1\nint k = 2;", "String?"]
    incomplete_code_samples = ["int twice(int n) {", "for (int i = 0; i < 3; i++) {", '"""', "f("]
    invalid_code_samples = ["class 7 { }", "int n = ];", "%seed 1\n) 3"]

    code_execute_result = [
        {"code": "6 * 7", "result": "42"},
        {"code": '"a" + "b"', "result": "ab"},
        {"code": "List.of(1, 2)", "result": "[1, 2]"},
        {"code": "6 * 8", "result": "48"},
    ]
    code_history_pattern = "6 ? 7*"
    supported_history_operations = ("tail", "range", "search")

    code_display_data = [
        {"code": 'display("plain");', "mime": "text/plain"},
        {"code": 'display("<b>bold</b>", "text/html");', "mime": "text/html"},
        {"code": 'display("*even*", "text/markdown");', "mime": "text/markdown"},
        {"code": 'display("x^2", "text/latex");', "mime": "text/latex"},
        {"code": 'display("{\\"a\\": 1}", "application/json");', "mime": "application/json"},
        {"code": CHART, "mime": "image/svg+xml"},
        {"code": CHART, "mime": "image/png"},
        {"code": "display(Table.create(IntColumn.create(\"n\", 1)));", "mime": "text/html"},
    ]
