@echo off
rem Starts ketalearn on Windows. Not yet tried on Windows.
cd /d "%~dp0"
if not exist .venv\Scripts\ketalearn.exe (
  py -3 -m venv .venv || (echo Python 3.11 or newer is needed: https://www.python.org & pause & exit /b 1)
  .venv\Scripts\pip install -q -c constraints.txt -e . || (echo The set-up did not finish. Is the network on? & pause & exit /b 1)
)
.venv\Scripts\ketalearn
if errorlevel 1 pause
