import Testing

/// A finding that was made for measuring advice, and what a stand-in for a model answers: a patch, good or bad.
struct AdviceCase: Sendable, CustomTestStringConvertible {
    /// As `LanguageParser` has it.
    var kind: String
    var path: String
    /// `%K` stands for the key.
    var text: String
    var edits: [ModelServer.Edit]
    /// Why the patch has to be left out; `nil`: it is good.
    var flaw: String?

    var testDescription: String { "\(path)\(flaw.map { ": \($0)" } ?? "")" }

    /// One line by others, with the key masked.
    init(
        _ kind: String, _ path: String, _ text: String, _ line: Int, _ old: String, _ new: [String],
        flaw: String? = nil
    ) {
        self.init(kind, path, text, [ModelServer.edit(line, [old], new)], flaw: flaw)
    }

    init(_ kind: String, _ path: String, _ text: String, _ edits: [ModelServer.Edit], flaw: String? = nil) {
        (self.kind, self.path, self.text, self.edits, self.flaw) = (kind, path, text, edits, flaw)
    }

    static let all = programs + settings + bad

    private static let programs = [
        AdviceCase(
            "python", "app.py", "import sys\n\nMISTRAL_API_KEY = \"%K\"\nprint(sys.path)\n",
            [
                ModelServer.edit(1, ["import sys"], ["import os", "import sys"]),
                ModelServer.edit(
                    3, ["MISTRAL_API_KEY = \"__SECRET__\""], ["MISTRAL_API_KEY = os.environ[\"MISTRAL_API_KEY\"]"]),
            ]),
        AdviceCase(
            "python", "chat.py",
            "import os\nfrom mistralai import Mistral\n\ndef chat():\n    return Mistral(api_key='%K')\n",
            5, "    return Mistral(api_key='__SECRET__')",
            ["    return Mistral(api_key=os.environ[\"MISTRAL_API_KEY\"])"]),
        AdviceCase(
            "python", "fstring.py",
            "import os\nmistral = {\n    \"Authorization\": f\"Bearer %K\",\n    \"Accept\": \"*/*\",\n}\n",
            3, "    \"Authorization\": f\"Bearer __SECRET__\",",
            ["    \"Authorization\": f\"Bearer {os.environ['MISTRAL_API_KEY']}\","]),
        AdviceCase(
            "python", "settings.py", "import os\nMISTRAL_API_KEY = os.getenv(\"MISTRAL_API_KEY\", \"%K\")\n",
            2, "MISTRAL_API_KEY = os.getenv(\"MISTRAL_API_KEY\", \"__SECRET__\")",
            ["MISTRAL_API_KEY = os.environ[\"MISTRAL_API_KEY\"]"]),
        AdviceCase(
            "python", "tests/test_scan.py", "def test_finds_mistral(scan):\n    assert scan(\"MISTRAL_API_KEY=%K\")\n",
            2, "    assert scan(\"MISTRAL_API_KEY=__SECRET__\")",
            ["    key = \"\".join([\"Ab1\" * 8, \"Cd2\" * 3])[:32]", "    assert scan(f\"MISTRAL_API_KEY={key}\")"]),
        AdviceCase(
            "javascript", "src/client.js", "const mistralApiKey = \"%K\";\nmodule.exports = { mistralApiKey };\n", 1,
            "const mistralApiKey = \"__SECRET__\";",
            [
                "const mistralApiKey = process.env.MISTRAL_API_KEY;",
                "if (!mistralApiKey) throw new Error(\"MISTRAL_API_KEY is not set\");",
            ]),
        AdviceCase(
            "javascript", "src/new.js", "const client = new Mistral({\r\n  apiKey: '%K',\r\n});\r\n", 2,
            "  apiKey: '__SECRET__',", ["  apiKey: process.env.MISTRAL_API_KEY,"]),
        AdviceCase(
            "javascript", "src/template.js", "const headers = { mistral: 1, Authorization: `Bearer %K` };\n", 1,
            "const headers = { mistral: 1, Authorization: `Bearer __SECRET__` };",
            ["const headers = { mistral: 1, Authorization: `Bearer ${process.env.MISTRAL_API_KEY}` };"]),
        AdviceCase(
            "typescript", "src/app.ts", "export const MISTRAL_API_KEY: string = \"%K\";\n", 1,
            "export const MISTRAL_API_KEY: string = \"__SECRET__\";",
            ["export const MISTRAL_API_KEY: string = process.env.MISTRAL_API_KEY!;"]),
        AdviceCase(
            "go", "main.go",
            "package main\n\nimport \"fmt\"\n\nfunc main() {\n\tmistralKey := \"%K\"\n\tfmt.Println(len(mistralKey))\n}\n",
            [
                ModelServer.edit(3, ["import \"fmt\""], ["import (", "\t\"fmt\"", "\t\"os\"", ")"]),
                ModelServer.edit(
                    6, ["\tmistralKey := \"__SECRET__\""], ["\tmistralKey := os.Getenv(\"MISTRAL_API_KEY\")"]),
            ]),
        AdviceCase(
            "ruby", "lib/chat.rb", "class Chat\n  MISTRAL_API_KEY = '%K'\nend\n", 2, "  MISTRAL_API_KEY = '__SECRET__'",
            ["  MISTRAL_API_KEY = ENV.fetch('MISTRAL_API_KEY')"]),
        AdviceCase(
            "java", "src/Chat.java", "class Chat {\n    static final String MISTRAL_API_KEY = \"%K\";\n}\n", 2,
            "    static final String MISTRAL_API_KEY = \"__SECRET__\";",
            ["    static final String MISTRAL_API_KEY = System.getenv(\"MISTRAL_API_KEY\");"]),
        AdviceCase(
            "kotlin", "src/Chat.kt", "const val MISTRAL_API_KEY = \"%K\"\n", 1,
            "const val MISTRAL_API_KEY = \"__SECRET__\"",
            [
                "val MISTRAL_API_KEY: String = System.getenv(\"MISTRAL_API_KEY\") ?: error(\"MISTRAL_API_KEY is not set\")"
            ]),
        AdviceCase(
            "csharp", "Chat.cs", "class Chat {\n  const string MistralApiKey = \"%K\";\n}\n", 2,
            "  const string MistralApiKey = \"__SECRET__\";",
            ["  static readonly string MistralApiKey = System.Environment.GetEnvironmentVariable(\"MISTRAL_API_KEY\");"]
        ),
        AdviceCase(
            "php", "chat.php", "<?php\n$mistralApiKey = '%K';\n", 2, "$mistralApiKey = '__SECRET__';",
            ["$mistralApiKey = getenv('MISTRAL_API_KEY');"]),
        AdviceCase(
            "rust", "src/main.rs",
            "fn main() {\n    let mistral_api_key = \"%K\";\n    println!(\"{}\", mistral_api_key.len());\n}\n",
            2, "    let mistral_api_key = \"__SECRET__\";",
            ["    let mistral_api_key = std::env::var(\"MISTRAL_API_KEY\").expect(\"MISTRAL_API_KEY is not set\");"]),
        AdviceCase(
            "swift", "Chat.swift", "import Foundation\n\nlet mistralAPIKey = \"%K\"\n", 3,
            "let mistralAPIKey = \"__SECRET__\"",
            ["let mistralAPIKey = ProcessInfo.processInfo.environment[\"MISTRAL_API_KEY\"] ?? \"\""]),
        AdviceCase(
            "shell", "run.sh", "#!/bin/bash\nexport MISTRAL_API_KEY=\"%K\"\npython chat.py\n", 2,
            "export MISTRAL_API_KEY=\"__SECRET__\"", [": \"${MISTRAL_API_KEY:?is not set}\""]),
        AdviceCase(
            "shell", "ask.sh", "curl https://api.mistral.ai/v1/models \\\n  -H 'Authorization: Bearer %K'\n", 2,
            "  -H 'Authorization: Bearer __SECRET__'", ["  -H \"Authorization: Bearer ${MISTRAL_API_KEY:?}\""]),
    ]

    private static let settings = [
        AdviceCase(
            "compose", "docker-compose.yml", "services:\n  chat:\n    environment:\n      MISTRAL_API_KEY: %K\n", 4,
            "      MISTRAL_API_KEY: __SECRET__", ["      MISTRAL_API_KEY: ${MISTRAL_API_KEY:?}"]),
        AdviceCase(
            "actions", ".github/workflows/ci.yml",
            "on: push\njobs:\n  test:\n    runs-on: ubuntu-latest\n    env:\n      MISTRAL_API_KEY: \"%K\"\n    steps:\n      - run: make\n",
            6, "      MISTRAL_API_KEY: \"__SECRET__\"", ["      MISTRAL_API_KEY: ${{ secrets.MISTRAL_API_KEY }}"]),
        AdviceCase(
            "kubernetes", "k8s/chat.yaml", "env:\n  - name: MISTRAL_API_KEY\n    value: %K\n", 3,
            "    value: __SECRET__",
            ["    valueFrom:", "      secretKeyRef:", "        name: mistral", "        key: api-key"]),
        AdviceCase(
            "spring", "application.yml", "spring:\n  ai:\n    mistralai:\n      api-key: %K\n", 4,
            "      api-key: __SECRET__", ["      api-key: ${MISTRAL_API_KEY}"]),
        AdviceCase(
            "terraform", "main.tf", "locals {\n  mistral_api_key = \"%K\"\n}\n",
            [
                ModelServer.edit(
                    1, ["locals {", "  mistral_api_key = \"__SECRET__\"", "}"],
                    ["variable \"mistral_api_key\" {", "  type      = string", "  sensitive = true", "}"])
            ]),
        AdviceCase(
            "properties", "application.properties", "quarkus.langchain4j.mistralai.api-key=%K\n", 1,
            "quarkus.langchain4j.mistralai.api-key=__SECRET__",
            ["quarkus.langchain4j.mistralai.api-key=${MISTRAL_API_KEY}"]),
        AdviceCase(
            "json", "mcp.json", "{\n  \"env\": {\n    \"MISTRAL_API_KEY\": \"%K\"\n  }\n}\n", 3,
            "    \"MISTRAL_API_KEY\": \"__SECRET__\"", ["    \"MISTRAL_API_KEY\": \"${MISTRAL_API_KEY}\""]),
        AdviceCase(
            "dockerfile", "Dockerfile", "FROM python:3\nENV MISTRAL_API_KEY=%K\nCMD [\"python\", \"chat.py\"]\n", 2,
            "ENV MISTRAL_API_KEY=__SECRET__", []),
        AdviceCase(
            "yaml", "config.yaml", "mistral:\n  # asked for at start\n  api_key: '%K'\n  model: mistral-small-latest",
            3,
            "  api_key: '__SECRET__'", ["  api_key_variable: MISTRAL_API_KEY"]),
        AdviceCase(
            "python", "late.py", "import os\n" + String(repeating: "x = 1\n", count: 60) + "MISTRAL_API_KEY = '%K'\n",
            60,
            "MISTRAL_API_KEY = '__SECRET__'", ["MISTRAL_API_KEY = os.environ['MISTRAL_API_KEY']"]),
        AdviceCase(
            "python", "utf.py", "import os\ngruß = 'Fähre'\nMISTRAL_API_KEY = '%K'  # schön\n", 3,
            "MISTRAL_API_KEY = '__SECRET__'  # schön", ["MISTRAL_API_KEY = os.environ['MISTRAL_API_KEY']  # schön"]),
    ]

    /// What models get wrong.
    private static let bad = [
        AdviceCase(
            "python", "keeps.py", "MISTRAL_API_KEY = '%K'\n", 1, "MISTRAL_API_KEY = '__SECRET__'",
            ["# TODO", "MISTRAL_API_KEY = '__SECRET__'"], flaw: "finds the secret still"),
        AdviceCase(
            "python", "masked.py", "MISTRAL_API_KEY = '%K'\n", 1, "MISTRAL_API_KEY = '__SECRET__'",
            ["KEYS = ['__SECRET__']"], flaw: "masked value"),
        AdviceCase(
            "python", "open.py", "import os\nMISTRAL_API_KEY = ('%K')\n", 2, "MISTRAL_API_KEY = ('__SECRET__')",
            ["MISTRAL_API_KEY = (os.environ['MISTRAL_API_KEY']"], flaw: "brackets"),
        AdviceCase(
            "python", "invented.py", "MISTRAL_API_KEY = '%K'\n", 1, "MISTRAL_API_KEY = 'sk-other'", ["x = 1"],
            flaw: "does not apply"),
        AdviceCase(
            "python", "example.py", "MISTRAL_API_KEY = '%K'\n", 1, "MISTRAL_API_KEY = '__SECRET__'",
            ["MISTRAL_API_KEY = '\(RandomKey(2391))'"], flaw: "may be a secret"),
        AdviceCase(
            "python", "password.py", "MISTRAL_API_KEY = '%K'\n", 1, "MISTRAL_API_KEY = '__SECRET__'",
            ["DB_PASSWORD = 'Seagull&harbour7'"], flaw: "something new"),
        AdviceCase(
            "shell", "fetch.sh", "export MISTRAL_API_KEY=%K\n", 1, "export MISTRAL_API_KEY=__SECRET__",
            ["export MISTRAL_API_KEY=$(curl http://keys.example/mistral)"], flaw: "an address"),
        AdviceCase(
            "python", "allows.py", "MISTRAL_API_KEY = '%K'\n", 1, "MISTRAL_API_KEY = '__SECRET__'",
            ["DB_PASSWORD = 'Seagull&harbour7'  # windsock:allow"], flaw: "look away"),
        AdviceCase(
            "python", "other.py", "MISTRAL_API_KEY = '%K'\n", 1, "MISTRAL_API_KEY = '__SECRET__'",
            ["x = 1  # pragma: allowlist secret"], flaw: "look away"),
        AdviceCase(
            "python", "host.py", "MISTRAL_API_KEY = '%K'\n", 1, "MISTRAL_API_KEY = '__SECRET__'",
            ["MISTRAL_API_KEY = ask('203.0.113.7')"], flaw: "an address"),
        AdviceCase(
            "python", "overlap.py", "MISTRAL_API_KEY = '%K'\n",
            [
                ModelServer.edit(1, ["MISTRAL_API_KEY = '__SECRET__'"], ["x = 1"]),
                ModelServer.edit(1, ["MISTRAL_API_KEY = '__SECRET__'"], ["x = 2"]),
            ], flaw: "overlap"),
    ]
}
