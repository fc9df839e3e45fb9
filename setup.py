"""What pyproject.toml cannot say: the worlds and reports in data/ go into the package."""

from setuptools import find_packages, setup

setup(
    packages=[*find_packages(include=["recsys", "recsys.*"]), "recsys.data"],
    package_dir={"recsys.data": "data"},
    package_data={
        "recsys": ["py.typed"],
        "recsys.data": [
            "demo/*",
            "games/*",
            "reports/*.json",
            "reports/landing/*.json",
            "reports/bench/*.json",
        ],
    },
)
