"""Intrinsic functions are resolved as CloudFormation does; what is not known is an error that says where."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from local.template import Templates, UnresolvedError

QUEUE = {"Type": "AWS::SQS::Queue", "Properties": {"QueueName": "inbox"}}


def templates(directory: Path, resources: dict[str, Any], **more: Any) -> Templates:
    (directory / "one.template.json").write_text(json.dumps({"Resources": resources, **more}))
    return Templates(directory, "http://127.0.0.1:9")


def resolved(directory: Path, value: Any, **more: Any) -> Any:
    probe = {"Type": "Probe", "Properties": {"value": value}}
    found = templates(directory, {"Q": QUEUE, "P": probe}, **more).get("one", "P")
    assert found is not None
    return found.properties["value"]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ({"Ref": "Q"}, "http://127.0.0.1:9/123456789012/inbox"),
        ({"Fn::GetAtt": ["Q", "Arn"]}, "arn:aws:sqs:ap-northeast-1:123456789012:inbox"),
        ({"Fn::GetAtt": "Q.QueueName"}, "inbox"),
        ({"Fn::Join": ["-", ["a", {"Ref": "AWS::Region"}]]}, "a-ap-northeast-1"),
        ({"Fn::Sub": "${AWS::AccountId}/${Q.QueueName}/${!kept}"}, "123456789012/inbox/${!kept}"),
        ({"Fn::Sub": ["${x}", {"x": {"Fn::GetAtt": ["Q", "QueueName"]}}]}, "inbox"),
        ({"Fn::Select": [1, {"Fn::Split": [":", "a:b"]}]}, "b"),
        ([1, {"Ref": "AWS::NoValue"}, {"a": {"Ref": "AWS::NoValue"}, "b": True}], [1, {"b": True}]),
    ],
)
def test_intrinsic_functions(tmp_path: Path, value: Any, expected: Any) -> None:
    assert resolved(tmp_path, value) == expected


def test_a_value_imported_from_another_stack(tmp_path: Path) -> None:
    export = {
        "Outputs": {"O": {"Value": {"Fn::GetAtt": ["Q", "Arn"]}, "Export": {"Name": "q"}}},
        "Resources": {"Q": QUEUE},
    }
    (tmp_path / "two.template.json").write_text(json.dumps(export))
    assert resolved(tmp_path, {"Fn::ImportValue": "q"}).endswith(":inbox")


def test_a_parameter_read_from_the_parameter_store_of_another_stack(tmp_path: Path) -> None:
    stored = {"S": {"Type": "AWS::SSM::Parameter", "Properties": {"Name": "/a", "Value": "v"}}}
    (tmp_path / "two.template.json").write_text(json.dumps({"Resources": stored}))
    parameter = {"X": {"Type": "AWS::SSM::Parameter::Value<String>", "Default": "/a"}}
    assert resolved(tmp_path, {"Ref": "X"}, Parameters=parameter) == "v"
    assert resolved(tmp_path, "{{resolve:ssm:/a}}") == "v"


@pytest.mark.parametrize(
    ("value", "named"),
    [({"Ref": "Nobody"}, "Nobody"), ({"Fn::Base64": "x"}, "Fn::Base64"), ("{{resolve:ssm:/none}}", "/none")],
)
def test_what_is_not_known_is_named_with_its_place(tmp_path: Path, value: Any, named: str) -> None:
    with pytest.raises(UnresolvedError, match=r"one\.P") as refused:
        resolved(tmp_path, value)
    assert named in str(refused.value)


def test_no_template_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(UnresolvedError, match="no template"):
        Templates(tmp_path)
