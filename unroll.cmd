@echo off
rem Unroll's command line for Windows: finds a JDK, builds once with Maven where nothing is built
rem yet, and hands over to unroll.kernel.cli.Main. The same as the script `unroll`; see there.
setlocal EnableExtensions DisableDelayedExpansion
set "UNROLL_HOME=%~dp0."
for %%I in ("%UNROLL_HOME%") do set "UNROLL_HOME=%%~fI"
set "TARGET=%UNROLL_HOME%\kernel-ext\target"
set "STAMP=%TARGET%\unroll.built"
set "LOCK=%TARGET%\unroll.lock"
set "LOG=%TARGET%\unroll-build.log"
set "GET_A_JDK=get a JDK 17 or newer, from adoptium.net or with winget install EclipseAdoptium.Temurin.17.JDK, and point JAVA_HOME at it"

rem A path may have brackets in it, which would end a block: paths are only expanded outside of blocks.

rem --- the JDK
if not defined JAVA_HOME goto :java_on_path
set "JAVA=%JAVA_HOME%\bin\java.exe"
set "FOUND=JAVA_HOME, %JAVA_HOME%,"
if exist "%JAVA%" goto :java_found
echo unroll: JAVA_HOME is %JAVA_HOME%, but there is no bin\java.exe in it 1>&2
echo         point JAVA_HOME at a JDK 17 or newer, or unset it to use the java on the path 1>&2
exit /b 1

:java_on_path
set "JAVA="
for /f "delims=" %%J in ('where java 2^>nul') do if not defined JAVA set "JAVA=%%J"
set "FOUND=the java on the path, %JAVA%,"
if defined JAVA goto :java_found
echo unroll: found no Java: JAVA_HOME is not set, and there is no java on the path 1>&2
echo         %GET_A_JDK% 1>&2
exit /b 1

:java_found
set "VERSION="
set "JDK="
set "HAS_SHELL="
set "HAS_VECTOR="
set "FACTS=%TEMP%\unroll-java-%RANDOM%%RANDOM%.txt"
"%JAVA%" -XshowSettings:properties -version >"%FACTS%" 2>&1
for /f "usebackq tokens=1,* delims== " %%A in ("%FACTS%") do (
  if "%%A"=="java.specification.version" set "VERSION=%%B"
  if "%%A"=="java.home" set "JDK=%%B"
)
"%JAVA%" --list-modules >"%FACTS%" 2>nul
for /f "usebackq delims=@" %%M in ("%FACTS%") do (
  if "%%M"=="jdk.jshell" set "HAS_SHELL=1"
  if "%%M"=="jdk.incubator.vector" set "HAS_VECTOR=1"
)
del "%FACTS%"
if defined VERSION goto :java_runs
echo unroll: %FOUND% does not run 1>&2
echo         %GET_A_JDK% 1>&2
exit /b 1

:java_runs
set "MAJOR=%VERSION%"
if "%VERSION:~0,2%"=="1." set "MAJOR=%VERSION:~2%"
if %MAJOR% GEQ 17 goto :java_new
echo unroll: %FOUND% is Java %VERSION%; Unroll needs a JDK 17 or newer 1>&2
echo         %GET_A_JDK% 1>&2
exit /b 1

:java_new
if defined HAS_SHELL goto :jdk_found
echo unroll: %FOUND% is a Java %VERSION% runtime without a compiler; Unroll needs a whole JDK 1>&2
echo         %GET_A_JDK% 1>&2
exit /b 1

rem --- the build
:jdk_found
call :built
if not errorlevel 1 goto :start
if not exist "%TARGET%" mkdir "%TARGET%" 2>nul
if exist "%TARGET%" goto :take_lock
echo unroll: cannot write in %UNROLL_HOME%\kernel-ext, where the build goes 1>&2
exit /b 1

:take_lock
set WAITED=0
:lock
mkdir "%LOCK%" 2>nul
if not errorlevel 1 goto :locked
set /a WAITED+=1
if %WAITED% EQU 3 echo unroll: waiting for another unroll that is building; if there is none, delete %LOCK% 1>&2
if %WAITED% GEQ 900 goto :lock_stays
ping -n 2 127.0.0.1 >nul
goto :lock
:lock_stays
echo unroll: waited 15 minutes; delete %LOCK% and run this again 1>&2
exit /b 1
:locked
call :built
if errorlevel 1 call :build
set CODE=%ERRORLEVEL%
rmdir "%LOCK%" 2>nul
if not %CODE%==0 exit /b 1

:start
set "FLAGS=-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"
set "COMPUTES="
set "VERB=%~1"
rem cmd takes --with=NAME for two words as well
if "%~1"=="--with" set "VERB=%~3"
if "%VERB%"=="parity" set "COMPUTES=1"
if "%VERB%"=="bench" set "COMPUTES=1"
if not defined COMPUTES goto :flags_done
set "FLAGS=%UNROLL_JAVA_OPTS%"
if defined HAS_VECTOR set "FLAGS=--add-modules jdk.incubator.vector %FLAGS%"
if %MAJOR% GEQ 24 set "FLAGS=--enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow %FLAGS%"
:flags_done
powershell -NoProfile -Command "exit [int][Console]::IsInputRedirected" >nul
if not errorlevel 1 set "FLAGS=%FLAGS% -Dunroll.input=terminal"
"%JAVA%" -Djava.awt.headless=true --add-opens=jdk.jshell/jdk.internal.jshell.tool=ALL-UNNAMED "-Dunroll.home=%UNROLL_HOME%" %FLAGS% -cp "%APP%\*" unroll.kernel.cli.Main %*
exit /b %ERRORLEVEL%

rem Is there a whole build, made after the last change of a source? Sets APP.
:built
set "APP="
if not exist "%STAMP%" exit /b 1
set /p NAME=<"%STAMP%"
set "APP=%TARGET%\app\%NAME%"
if not exist "%APP%" exit /b 1
powershell -NoProfile -Command "$t=(Get-Item $env:STAMP).LastWriteTimeUtc; Set-Location $env:UNROLL_HOME; $n=Get-ChildItem pom.xml,lib\*\pom.xml,kernel-ext\pom.xml,lib\*\src\main,kernel-ext\src\main -Recurse -ErrorAction SilentlyContinue | Where-Object LastWriteTimeUtc -gt $t | Select-Object -First 1; exit [int]($null -ne $n)"
exit /b %ERRORLEVEL%

:build
if exist "%JDK%\bin\javac.exe" goto :build_maven
echo unroll: Unroll has to be built first, and %FOUND% has no compiler, bin\javac.exe 1>&2
echo         %GET_A_JDK% 1>&2
exit /b 1

:build_maven
set "MAVEN="
for /f "delims=" %%M in ('where mvn 2^>nul') do set "MAVEN=%%M"
if defined MAVEN goto :build_run
echo unroll: Unroll has to be built first, and found no Maven, mvn, on the path 1>&2
echo         get Maven 3.8 or newer from maven.apache.org, then run this again 1>&2
exit /b 1

:build_run
echo unroll: building it for this folder; once, and again after its sources change; Maven fetches what is missing 1>&2
for /f %%T in ('powershell -NoProfile -Command "[DateTime]::UtcNow.ToString('yyyyMMddHHmmss')"') do set "NAME=%%T-%RANDOM%"
for /f "delims=" %%T in ('powershell -NoProfile -Command "[DateTime]::UtcNow.ToString('o')"') do set "BEGAN=%%T"
pushd "%UNROLL_HOME%"
set "JAVA_HOME=%JDK%"
call mvn -B -Dmaven.test.skip=true -pl lib/bench -am package >"%LOG%" 2>&1 <nul
set CODE=%ERRORLEVEL%
popd
if %CODE%==0 goto :build_check
echo unroll: the build failed; Maven says: 1>&2
findstr /b /c:"[ERROR]" "%LOG%" 1>&2
"%JAVA%" "%UNROLL_HOME%\kernel-ext\src\launcher\CheckJars.java" "%USERPROFILE%\.m2\repository" >"%LOG%.jars" 2>nul
call :damaged "delete these, then run this again:"
echo unroll: nothing was changed; all of Maven's words are in %LOG% 1>&2
exit /b 1

:build_check
"%JAVA%" "%UNROLL_HOME%\kernel-ext\src\launcher\CheckJars.java" "%TARGET%\lib" >"%LOG%.jars"
call :damaged "delete them in Maven's folder and in %TARGET%\lib, then run this again:"
if not errorlevel 1 exit /b 1
mkdir "%TARGET%\app\%NAME%" 2>nul
if not exist "%TARGET%\app\%NAME%" goto :build_unwritable
copy /y "%TARGET%\lib\*.jar" "%TARGET%\app\%NAME%" >nul
if errorlevel 1 goto :build_unwritable
copy /y "%TARGET%\unroll-kernel-*.jar" "%TARGET%\app\%NAME%" >nul
if errorlevel 1 goto :build_unwritable
copy /y "%UNROLL_HOME%\lib\bench\target\unroll-bench-*.jar" "%TARGET%\app\%NAME%" >nul
if errorlevel 1 goto :build_unwritable
>"%STAMP%.new" echo %NAME%
powershell -NoProfile -Command "(Get-Item ($env:STAMP + '.new')).LastWriteTimeUtc = [DateTime]::Parse($env:BEGAN).ToUniversalTime()"
move /y "%STAMP%.new" "%STAMP%" >nul
if errorlevel 1 goto :build_unwritable
set "APP=%TARGET%\app\%NAME%"
exit /b 0

:build_unwritable
echo unroll: cannot write in %TARGET%, where the build goes 1>&2
exit /b 1

rem Names damaged downloads, if there are any, after what to do about them.
:damaged
for %%S in ("%LOG%.jars") do if %%~zS==0 exit /b 1
echo unroll: damaged downloads; %~1 1>&2
type "%LOG%.jars" 1>&2
exit /b 0
